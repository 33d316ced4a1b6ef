"""The alternative test of a balance that nobody has confirmed: what was received since, and what proves delivery."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def _credit_get_proofs(self):
        """Return ``{document: what proves that its goods were delivered}``; an add-on that knows deliveries says it."""
        return dict.fromkeys(self, "")


class CreditStatementLine(models.Model):
    _inherit = "credit.statement.line"

    amount_received = fields.Monetary(
        "Received Since", readonly=True, help="Money that came for the item after the day, as of the test."
    )
    delivery_proof = fields.Char("Proof of Delivery", readonly=True, help="Delivery notes of what was invoiced.")
    amount_unproved = fields.Monetary(
        "Not Proved", compute="_compute_amount_unproved", help="Neither received since, nor proved by a delivery."
    )

    @api.depends("amount", "amount_received", "delivery_proof")
    def _compute_amount_unproved(self):
        for line in self:
            left = max(line.amount, 0.0) - line.amount_received
            line.amount_unproved = 0.0 if line.delivery_proof else max(left, 0.0)


class CreditStatement(models.Model):
    _inherit = "credit.statement"

    is_tested = fields.Boolean(
        "Tested Otherwise", readonly=True, help="Receipts and deliveries were looked at instead."
    )
    date_tested = fields.Date("Tested On", readonly=True, help="The day of the alternative test.")
    test_user_id = fields.Many2one("res.users", "Tested By", readonly=True, help="Who made the alternative test.")
    amount_received_since = fields.Monetary(
        "Received Since the Day", currency_field="company_currency_id", readonly=True,
        help="Money that came for the balance after the day, in company currency.",
    )
    amount_unproved = fields.Monetary(
        "Not Proved by the Test", currency_field="company_currency_id", readonly=True,
        help="Neither received since the day, nor proved by a delivery, in company currency.",
    )

    def action_test_otherwise(self):
        """Note what was received since the day, and what proves deliveries, for letters without an answer; again, with
        what has come meanwhile.

        :raise UserError: for a letter that was answered, or not sent
        """
        self.check_access("write")
        for letter in self:
            if not letter.confirmation_id or letter.state not in ("sent", "no_answer", "differs"):
                raise UserError(
                    self.env._(
                        "%(letter)s is tested otherwise once it was sent, and while the customer has not agreed.",
                        letter=letter.name,
                    )
                )
            letter._note_test()
        self.confirmation_id._follow_letters()
        return True

    def _note_test(self):
        own = self.sudo()  # lines and tests are written by steps only, and the rights were checked
        received = self._read_received()
        proofs = own.line_ids.move_id._credit_get_proofs()
        for line in own.line_ids.filtered(lambda line: line.amount > 0):
            taken = min(received.get(line.move_id.id, 0.0), line.amount)
            received[line.move_id.id] = received.get(line.move_id.id, 0.0) - taken
            line.write({"amount_received": line.currency_id.round(taken),
                        "delivery_proof": proofs.get(line.move_id) or False})
        own.write(
            {
                "is_tested": True, "date_tested": own.company_id._credit_today(), "test_user_id": self.env.uid,
                "amount_received_since": own._sum_in_company("amount_received"),
                "amount_unproved": own._sum_in_company("amount_unproved"),
            }
        )

    def _sum_in_company(self, name):
        """Return the sum of an amount of the lines, each at the rate at which it was booked."""
        lines = self.line_ids.filtered("amount")
        return self.company_currency_id.round(sum(line[name] * line.amount_company / line.amount for line in lines))

    def _read_received(self):
        """Return ``{document id: money that came for it after the day}``, in its currency."""
        Item = self.env["credit.open.item"].with_context(
            allowed_company_ids=self.company_id.ids, credit_aging_as_of=self.date.isoformat(),
            credit_aging_is_since_shown=True, credit_aging_in_document_currency=True,
        )
        Item.invalidate_model()  # rows of a statement
        # of the whole company, as the letter is: branches may not be among the user's
        items = Item.sudo().search(
            [("partner_id", "=", self.partner_id.id), ("company_id", "=", self.company_id.id), ("kind", "=", "trade")]
        )
        return {
            move.id: sum(own.mapped("amount_received_since")) for move, own in items.grouped("move_id").items()
        }
