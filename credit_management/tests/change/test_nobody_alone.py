"""Nobody raises a limit, a rating, an expiry or an exclusion alone: no role, over RPC, by import, by mass edit."""

from odoo.service.model import call_kw
from odoo.tests import tagged

from ..common import CreditCommon

ROLES = ("sales", "biller", "credit_user", "controller", "manager")
DAY, LATER = "2030-01-01", "2031-01-01"


@tagged("post_install", "-at_install")
class TestNobodyAlone(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env["credit.group"].create(
            {"name": "Family", "amount_limit": 5000, "date_limit_expiry": DAY}
        )
        cls.rating, cls.better = cls.env["credit.rating"].create(
            [{"name": name, "limit_type": "amount", "amount_limit": 500} for name in ("Q", "P")]
        )
        cls.customer = cls.make_customer(
            1000, rating_id=cls.rating.id, group_id=cls.group.id, date_limit_expiry=DAY, date_review_next=DAY
        )
        cls.profile = cls.profile_of(cls.customer)
        cls.make_policy("limit_exceeded", "group_limit_exceeded", {"criterion": "limit_expired"})
        cls.company.credit_second_person = "required"
        cls.users = {role: cls.make_user(role, login=f"alone-{role}") for role in ROLES}

    def get_loosening(self):
        """Return what somebody could write to let more pass: ``(record, field, value)``."""
        return [
            (self.profile, "amount_limit", 9000),
            (self.profile, "limit_type", "unlimited"),
            (self.profile, "date_limit_expiry", LATER),
            (self.profile, "date_limit_expiry", False),
            (self.profile, "rating_id", self.better.id),
            (self.profile, "group_id", False),
            (self.profile, "is_excluded", True),
            (self.profile, "date_ignore_until", LATER),
            (self.profile, "date_review_next", LATER),
            (self.rating, "amount_limit", 900),
            (self.rating, "limit_type", "unlimited"),
            (self.group, "amount_limit", 9000),
            (self.group, "limit_type", "none"),
            (self.group, "date_limit_expiry", LATER),
            (self.group, "date_limit_expiry", False),
            (self.group, "active", False),
        ]

    def assertKept(self, step, record, name, *what):  # noqa: N802
        before = record[name]
        self.try_to(step)
        record.invalidate_recordset()
        with self.subTest(what=what):
            self.assertEqual(record[name], before)

    def test_over_rpc(self):
        for role, user in self.users.items():
            for record, name, value in self.get_loosening():
                model = record.with_user(user)
                self.assertKept(
                    lambda model=model, ids=record.ids, name=name, value=value:
                    call_kw(model.browse(), "write", [ids, {name: value}], {}),
                    record, name, role, record._name, name, value,
                )

    def test_by_a_form_that_somebody_saves(self):
        for role, user in self.users.items():
            for record, name, value in self.get_loosening():
                model = record.with_user(user)
                self.assertKept(
                    lambda model=model, ids=record.ids, name=name, value=value:
                    call_kw(model.browse(), "web_save", [ids, {name: value}], {"specification": {}}),
                    record, name, role, record._name, name, value,
                )

    def test_by_import(self):
        for role, user in self.users.items():
            for record, name, value in self.get_loosening():
                field = record._fields[name]
                column = f"{name}/.id" if field.type == "many2one" else name
                text = {True: "1", False: ""}.get(value, str(value)) if isinstance(value, bool) else str(value)
                model = record.with_user(user)
                self.assertKept(
                    lambda model=model, rows=[[str(record.id), text]], columns=[".id", column]:
                    call_kw(model.browse(), "load", [columns, rows], {}),
                    record, name, role, record._name, name, value,
                )

    def test_by_mass_edit_of_several(self):
        other = self.profile_of(self.make_customer(1000, name="Other", date_limit_expiry=DAY))
        for role, user in self.users.items():
            for record, name, value in self.get_loosening():
                if record != self.profile:
                    continue
                both = (self.profile | other).with_user(user)
                self.assertKept(
                    lambda both=both, name=name, value=value: call_kw(
                        both.browse(), "web_save_multi", [both.ids, [{name: value}] * 2], {"specification": {}}
                    ) if hasattr(both, "web_save_multi") else both.write({name: value}),
                    record, name, role, name, value,
                )

    def test_by_a_file_or_a_group_that_is_made_so(self):
        for role, user in self.users.items():
            partner = self.env["res.partner"].create({"name": role, "is_company": True})
            values = ({"is_excluded": True}, {"rating_id": self.better.id}, {"date_ignore_until": LATER},
                      {"limit_type": "amount", "amount_limit": 9000}, {"limit_type": "unlimited"})
            for value in values:
                self.try_to(lambda user=user, value=value, partner=partner: self.env["credit.profile"].with_user(
                    user).create({"partner_id": partner.id, **value}))
                found = self.env["credit.profile"].search([("partner_id", "=", partner.id)])
                with self.subTest(role=role, value=value):
                    self.assertFalse(found)

    def test_a_merge_keeps_the_stricter_of_both(self):
        loose = self.make_customer(
            9000, name="Loose", rating_id=self.better.id, is_excluded=True, date_limit_expiry=LATER
        )
        self.env["credit.profile"].sudo()._merge_into(loose, self.customer)
        self.assertEqual(
            (self.profile.amount_limit, self.profile.is_excluded, str(self.profile.date_limit_expiry)),
            (1000, False, DAY),
        )

    def test_a_group_limit_that_has_expired_stops_and_goes_on_when_two_persons_prolong_it(self):
        self.on("2030-01-02")
        self.profile.sudo().date_limit_expiry = False
        order = self.make_held(self.customer, 10)
        self.assertIn("expired on 01/01/2030", order.credit_hold_reason)
        change = self.env["credit.change"].with_user(self.users["manager"]).create(
            {"res_model": "credit.group", "res_id": self.group.id, "values": '{"date_limit_expiry": "2031-01-01"}',
             "reason": "The parent's accounts are in"}
        )
        change.with_user(self.make_user("manager", login="second")).action_apply()
        self.commit()
        self.assertConfirmed(order)
