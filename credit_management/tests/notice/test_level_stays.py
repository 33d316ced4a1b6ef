"""An item keeps its level when its invoice is reset to draft and posted again."""

from odoo import Command
from odoo.tests import tagged

from ..dunning.common import LevelOneCommon


@tagged("post_install", "-at_install")
class TestLevelStays(LevelOneCommon):
    """An invoice of 100 has come to level 1."""

    def setUp(self):
        super().setUp()
        self.dunned = self.invoice(100, "2026-02-20").with_user(self.biller)
        self.ran("2026-03-02")

    def made_anew(self, *lines, **values):
        """Reset the invoice to draft, take all its lines off, and post it with others."""
        self.dunned.button_draft()
        self.dunned.invoice_line_ids = [Command.clear()]
        self.dunned.write({"invoice_line_ids": [Command.create({"name": "Line", "price_unit": amount, "tax_ids": []})
                                                for amount in lines], **values})
        self.dunned.action_post()

    def test_it_does_not_fall_because_the_lines_are_made_anew(self):
        self.assertEqual(self.level_of(), 1)
        self.made_anew(60, 40)
        self.assertEqual(self.level_of(), 1)
        self.assertEqual(self.dunned.credit_notice_line_ids.sudo().item_id.move_id, self.dunned)

    def test_in_installments_that_which_is_due_first_keeps_it(self):
        halves = [Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (0, 1)]
        terms = self.env["account.payment.term"].create({"name": "Halves", "line_ids": halves})
        self.made_anew(100, invoice_payment_term_id=terms.id)
        items = self.dunned.line_ids.filtered(lambda item: item.display_type == "payment_term")
        first = items.sorted("date_maturity")[0]
        self.assertEqual((len(items), self.dunned.credit_notice_line_ids.sudo().item_id), (2, first))
        self.assertEqual(self.level_of(), 1)

    def test_it_falls_when_the_invoice_is_paid(self):
        self.made_anew(100)
        self.paid(self.dunned.sudo())
        self.assertEqual(self.level_of(), 0)
