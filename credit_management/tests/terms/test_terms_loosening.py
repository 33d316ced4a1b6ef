"""What lets customers pay later takes a second person, whoever of which role asks for it."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning
from odoo.tests import tagged

from ..change.test_loosening import LooseningCommon


@tagged("post_install", "-at_install")
class TestTermsLoosening(LooseningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.terms = cls.env["account.payment.term"].create(
            {"name": "20 Days", "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 20})]}
        )
        cls.rule = cls.env["credit.policy.terms"].create(
            {"policy_id": cls.policy.id, "days_max": 30, "rating_ids": [Command.set(cls.rating.ids)],
             "is_discount_bound": True, "percent_discount_max": 1.0, "date_to": cls.today}
        )
        cls.ceiling = cls.env["credit.terms.ceiling"].create(
            {"name": "Law", "days": 60, "source": "A law", "country_ids": [Command.set(cls.env.ref("base.fr").ids)]}
        )
        cls.policy.terms_blocked_ids = cls.terms
        cls.profile.legal_class = "public"

    def test_every_field_is_guarded(self):
        for record, vals in (
            (self.rule, {"days_max": 31}),
            (self.rule, {"percent_discount_max": 1.1}),
            (self.rule, {"is_discount_bound": False}),
            (self.rule, {"date_to": self.today - timedelta(days=1)}),
            (self.rule, {"rating_ids": [Command.clear()]}),
            (self.rule, {"payment_term_id": self.terms.id}),
            (self.policy, {"terms_ids": [Command.update(self.rule.id, {"days_max": 60})]}),
            (self.policy, {"terms_ids": [Command.delete(self.rule.id)]}),
            (self.policy, {"terms_blocked_ids": [Command.clear()]}),
            (self.ceiling, {"days": 61}),
            (self.ceiling, {"active": False}),
            (self.ceiling, {"debtor": "public"}),
            (self.ceiling, {"country_ids": [Command.clear()]}),
            (self.profile, {"legal_class": "large"}),
            (self.profile, {"legal_class": False}),
        ):
            with self.subTest(record=record, vals=vals), self.assertRaises(RedirectWarning), self.env.cr.savepoint():
                record.with_user(self.manager).write(vals)

    def test_what_is_deleted_is_guarded(self):
        for record in (self.rule, self.ceiling):
            with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
                record.with_user(self.manager).unlink()

    def test_what_tightens_is_free(self):
        other = self.terms.copy()
        for record, vals in (
            (self.rule, {"days_max": 10}),
            (self.rule, {"percent_discount_max": 0.0}),
            (self.policy, {"terms_ids": [Command.create({"days_max": 20})]}),
            (self.policy, {"terms_blocked_ids": [Command.link(other.id)]}),
            (self.ceiling, {"days": 30}),
        ):
            with self.subTest(record=record, vals=vals):
                record.with_user(self.manager).write(vals)

    def test_a_second_person_applies_it(self):
        change = self.ask(self.rule, {"days_max": 45})
        self.assertEqual(self.rule.days_max, 30)
        self.env["credit.authority"].sudo().search([]).is_unlimited = True
        change.with_user(self.colleague).action_apply()
        self.assertEqual(self.rule.days_max, 45)

    def test_other_roles_write_nothing_of_it(self):
        for role in ("sales", "biller", "credit_user", "controller"):
            user = self.make_user(role, login=f"terms-{role}")
            for record, vals in ((self.rule, {"days_max": 31}), (self.ceiling, {"days": 61}),
                                 (self.policy, {"terms_blocked_ids": [Command.clear()]})):
                with self.subTest(role=role, record=record), self.assertRaises(AccessError), self.env.cr.savepoint():
                    record.with_user(user).write(vals)
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    record.with_user(user).unlink()
