"""Orders and invoices get the terms that the policy allows to who pays, and say what they take the place of."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import TermsCommon


@tagged("post_install", "-at_install")
class TestProposal(TermsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.make_policy("terms_longer", "terms_blocked", "cash_discount_better", days_terms_max=60)
        cls.rule_c = cls.allow(cls.policy, cls.rating_c, 30)
        cls.good = cls.make_rated(cls.rating_a, cls.days_60, name="Good")
        cls.weak = cls.make_rated(cls.rating_c, cls.days_60, name="Weak")

    def make_direct(self, customer, **values):
        """Create a draft invoice with the terms that are proposed."""
        return self.env["account.move"].create({
            "move_type": "out_invoice", "partner_id": customer.id, "invoice_date": self.today,
            "invoice_line_ids": [Command.create({"name": "Line", "price_unit": 100, "tax_ids": [Command.clear()]})],
            **values,
        })

    def assertRefused(self, step):  # noqa: N802
        with self.assertRaises(UserError), self.env.cr.savepoint():
            step()

    def test_a_customer_rated_c_gets_30_days_instead_of_60_and_reads_why(self):
        order = self.make_order(self.weak, 100)
        self.assertEqual(order.payment_term_id, self.days_30)
        self.assertEqual(order.credit_terms_before_id, self.days_60)
        self.assertEqual(
            order.credit_terms_text,
            "30 Days instead of 60 Days, because these are the terms we can offer you at present.",
        )
        self.rule_c.reason = "of the season."
        self.assertEqual(
            self.make_order(self.weak, 100).credit_terms_text, "30 Days instead of 60 Days, because of the season."
        )
        order.action_confirm()
        self.assertConfirmed(order)

    def test_the_form_shows_it_before_the_quotation_is_saved(self):
        for user in (self.env.user, self.make_user("sales")):
            with Form(self.env["sale.order"].with_user(user)) as form:
                form.partner_id = self.weak
                self.assertEqual(form.payment_term_id, self.days_30)
                self.assertIn("30 Days instead of 60 Days", form.credit_terms_text)
                form.payment_term_id = self.days_60
                self.assertFalse(form.credit_terms_text)

    def test_a_customer_rated_a_gets_60_days_without_asking(self):
        order = self.make_order(self.good, 100)
        self.assertEqual(order.payment_term_id, self.days_60)
        self.assertFalse(order.credit_terms_text)
        order.action_confirm()
        self.assertConfirmed(order)

    def test_longer_terms_than_proposed_are_held_and_say_what_is_allowed(self):
        order = self.make_order(self.weak, 100)
        order.payment_term_id = self.days_60
        self.assertFalse(order.credit_terms_before_id, "nothing was shortened any more")
        self.confirm(order)
        self.assertHeld(order)
        self.assertIn("run for 60 days; 30 are allowed", order.credit_hold_reason)

    def test_a_confirmed_order_does_not_get_longer_terms(self):
        order = self.make_order(self.weak, 100)
        order.action_confirm()
        self.assertRefused(lambda: order.write({"payment_term_id": self.days_60.id}))

    def test_an_invoice_of_an_order_does_not_get_longer_terms_than_the_order(self):
        order = self.make_confirmed(self.weak, 100)
        invoice = self.bill(order, post=False)
        self.assertEqual(invoice.invoice_payment_term_id, self.days_30)
        invoice.invoice_payment_term_id = self.days_60
        self.assertRefused(invoice.action_post)
        invoice.write({"invoice_payment_term_id": False, "invoice_date_due": self.today + timedelta(days=31)})
        self.assertRefused(invoice.action_post)
        invoice.invoice_date_due = self.today + timedelta(days=30)
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_a_direct_invoice_gets_the_allowed_terms_and_keeps_what_it_says(self):
        invoice = self.make_direct(self.weak)
        self.assertEqual(invoice.invoice_payment_term_id, self.days_30)
        self.assertEqual(invoice.credit_terms_before_id, self.days_60)
        invoice.action_post()
        self.rule_c.days_max = 60
        self.assertEqual(invoice.credit_terms_before_id, self.days_60)
        self.assertEqual(self.make_direct(self.weak).invoice_payment_term_id, self.days_60)

    def test_who_pays_says_which_terms(self):
        order = self.make_order(self.good, 100, partner_invoice_id=self.weak.id)
        self.assertEqual(order.payment_term_id, self.days_30)
        self.weak.property_payment_term_id = self.days_30
        order = self.make_order(self.good, 100, partner_invoice_id=self.weak.id)
        self.assertEqual(order.payment_term_id, self.days_30)
        self.assertFalse(order.credit_terms_before_id)

    def test_an_order_that_is_confirmed_keeps_its_terms_when_another_one_pays(self):
        order = self.make_confirmed(self.good, 100)
        order.partner_invoice_id = self.make_rated(self.rating_a, self.days_30, name="Third")
        self.assertEqual(order.payment_term_id, self.days_60)

    def test_a_rule_counts_between_its_days_only(self):
        self.rule_c.write({"date_from": self.today + timedelta(days=1)})
        self.assertEqual(self.make_order(self.weak, 100).payment_term_id, self.days_60)
        self.rule_c.write({"date_from": self.today - timedelta(days=9), "date_to": self.today})
        self.assertEqual(self.make_order(self.weak, 100).payment_term_id, self.days_30)
        self.rule_c.date_to = self.today - timedelta(days=1)
        self.assertEqual(self.make_order(self.weak, 100).payment_term_id, self.days_60)

    def test_the_strictest_of_all_that_apply_counts(self):
        self.allow(self.policy, self.rating_a | self.rating_c, 45)
        self.assertEqual(self.make_order(self.weak, 100).payment_term_id, self.days_30)
        self.assertEqual(self.make_order(self.good, 100).payment_term_id, self.days_30, "60 days are more than 45")

    def test_installments_are_proposed_to_a_low_rating(self):
        thirds = self.make_terms("Thirds", 0, 15, 30)
        self.rule_c.payment_term_id = thirds
        self.assertEqual(self.make_order(self.weak, 100).payment_term_id, thirds)
        without = self.make_rated(self.rating_c, name="Without terms")
        self.assertEqual(self.make_order(without, 100).payment_term_id, thirds)
        # what is allowed stays as it was agreed
        self.weak.property_payment_term_id = self.days_30
        self.assertEqual(self.make_order(self.weak, 100).payment_term_id, self.days_30)

    def test_who_has_no_terms_and_is_named_none_pays_at_once(self):
        self.assertFalse(self.make_order(self.make_rated(self.rating_c, name="Cash"), 100).payment_term_id)

    def test_terms_longer_than_the_rule_allows_are_not_proposed(self):
        with self.assertRaisesRegex(ValidationError, "90 Days run for 90 days; 30 are allowed"):
            self.rule_c.payment_term_id = self.days_90

    def test_a_cash_discount_is_bound_too(self):
        cheap = self.make_terms("2/10, 30", 30, early_discount=True, discount_percentage=2.0, discount_days=10)
        self.weak.property_payment_term_id = cheap
        self.assertEqual(self.make_order(self.weak, 100).payment_term_id, cheap)
        self.rule_c.write({"is_discount_bound": True, "percent_discount_max": 1.0})
        order = self.make_order(self.weak, 100)
        self.assertEqual(order.payment_term_id, self.days_30)
        order.payment_term_id = cheap
        self.confirm(order)
        self.assertHeld(order)
        self.assertIn("discount of 2.0 % is given for paying early; 1.0 % is allowed", order.credit_hold_reason)

    def test_named_terms_are_blocked_however_short_they_are(self):
        self.policy.terms_blocked_ids = self.days_30
        short = self.make_terms("14 Days", 14)
        self.assertEqual(self.make_order(self.weak, 100).payment_term_id, short)
        order = self.make_order(self.good, 100, payment_term_id=self.days_30.id)
        self.confirm(order)
        self.assertHeld(order)
        order = self.make_confirmed(self.good, 100)
        self.assertRefused(lambda: order.write({"payment_term_id": self.days_30.id}))

    def test_nothing_is_proposed_where_nothing_is_checked(self):
        self.policy.action_deactivate()
        order = self.make_order(self.weak, 100)
        self.assertEqual(order.payment_term_id, self.days_60)
        self.assertFalse(order.credit_terms_before_id)

    def test_a_salesperson_and_a_biller_are_proposed_the_same(self):
        sales, biller = self.make_user("sales"), self.make_user("biller")
        order = self.env["sale.order"].with_user(sales).create({"partner_id": self.weak.id})
        self.assertEqual(order.payment_term_id, self.days_30)
        self.assertIn("30 Days instead of 60 Days", order.credit_terms_text)
        invoice = self.env["account.move"].with_user(biller).create(
            {"move_type": "out_invoice", "partner_id": self.weak.id}
        )
        self.assertIn("30 Days instead of 60 Days", invoice.credit_terms_text)

    def test_terms_of_a_rule_are_the_managers(self):
        for roles in ("sales", "controller"):
            user = self.make_user(roles, login=f"terms-{roles}")
            self.assertFalse(self.env["credit.policy.terms"].with_user(user).has_access("write"))
            self.assertFalse(self.env["credit.terms.ceiling"].with_user(user).has_access("write"))

    def test_the_log_keeps_what_was_allowed_to_this_customer(self):
        order = self.make_order(self.weak, 100)
        order.action_confirm()
        row = self.env["credit.log"].search([("res_model", "=", "sale.order"), ("res_id", "=", order.id)], limit=1)
        self.assertIn("Payment terms longer than allowed: 30 days → 30 days → not hit", row.rules_text)
