"""A criterion of another add-on: one entry, and rules, reasons, cures and the log know it."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import GuaranteeCommon

SMALL = {"criterion": "document_small", "amount": 500.0}


@tagged("post_install", "-at_install")
class TestCriterion(GuaranteeCommon):
    def forget_the_criterion(self):
        """Behave as if the add-on that brought the criterion were gone."""
        table = self.env["credit.criterion"]
        without = tuple(entry for entry in table._get_criteria() if entry.name != "document_small")
        self.patch(type(table), "_get_criteria", lambda self: without)
        self.env["credit.policy"]._clear_snapshots()
        self.env.invalidate_all()

    def test_a_rule_with_it_holds_an_order_and_says_its_sentence(self):
        self.make_policy(SMALL)
        held = self.make_held(self.make_customer("unlimited"), 499.99)
        self.assertIn("The document amounts to $ 499.99; below $ 500.00", held.credit_hold_reason.replace("\xa0", " "))

    def test_what_does_not_hit_it_passes(self):
        self.make_policy(SMALL)
        order = self.make_order(self.make_customer("unlimited"), 500)
        self.confirm(order)
        self.assertConfirmed(order)

    def test_it_can_be_chosen_and_shows_its_threshold_and_its_thresholds_field(self):
        rule = self.make_policy(SMALL).rule_ids
        choices = dict(rule._fields["criterion"]._description_selection(self.env))
        self.assertEqual(choices["document_small"], "Document smaller than")
        self.assertEqual(rule.summary, "Document smaller than 500")
        self.assertEqual(rule.uses, ["amount"])

    def test_its_cure_is_told_beside_the_hold(self):
        self.make_policy(SMALL)
        held = self.make_held(self.make_customer("unlimited"), 100)
        self.assertIn("A larger document.", held._credit_get_panel()["cures"])

    def test_a_rule_that_can_never_do_anything_says_why(self):
        rule = self.make_policy({**SMALL, "amount": 0}, is_on=False).rule_ids
        self.assertEqual(rule._get_defect(), "nothing is smaller than 0")

    def test_without_its_add_on_a_logged_finding_still_reads(self):
        self.make_policy(SMALL)
        held = self.make_held(self.make_customer("unlimited"), 100)
        decision = self.env["credit.log"].search([("res_model", "=", "sale.order"), ("res_id", "=", held.id)])
        self.forget_the_criterion()
        [text] = self.env["credit.finding.text"]._render_all(decision[0].findings, self.company)
        self.assertIn("document_small", text)
        self.assertIn("500", text)

    def test_without_its_add_on_the_rule_decides_nothing_and_the_others_still_do(self):
        rules = self.make_policy(SMALL, "limit_exceeded").rule_ids
        customer = self.make_customer(1000)
        self.forget_the_criterion()
        small, large = self.make_order(customer, 100), self.make_order(customer, 901)
        self.confirm(small)
        self.confirm(large)
        self.assertConfirmed(small)
        self.assertHeld(large)
        self.assertEqual(rules[0]._get_defect(), "the add-on that brought it is not installed")
        self.assertEqual(rules[0].summary, "document_small")

    def test_a_criterion_that_nobody_brings_cannot_be_chosen(self):
        with self.assertRaises(ValidationError):
            self.make_policy("no_such_criterion", is_on=False)
