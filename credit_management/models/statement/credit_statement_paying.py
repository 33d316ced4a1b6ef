"""Paying online what a statement says is past due: never more than it says, nor than is still open."""

from odoo import models


class CreditStatement(models.Model):
    _inherit = "credit.statement"

    def _get_payable(self, part):
        """Return the invoices that are past due of a part, and what is still to be paid of them.

        Nothing of a group's: what a member owes is not booked on another one's payment.
        """
        self.ensure_one()
        if not self._is_bill() or self.group_id or self.state == "draft":
            return self.env["account.move"], 0.0
        late = part.items.filtered(
            lambda line: line.days_late and line.payable > 0 and line.move_id.state == "posted"
            and line.move_id.move_type == "out_invoice" and line.move_id.currency_id == part.currency
        )
        still = sum(
            min(sum(line.payable for line in lines), move.amount_residual)
            for move, lines in late.grouped("move_id").items()
        )
        invoices = late.move_id.filtered(lambda move: not part.currency.is_zero(move.amount_residual))
        return invoices, max(min(part.due, part.currency.round(still)), 0.0)

    def _is_payable_online(self, part, payer):
        """Tell whether a part can be paid online by a partner: there is something to pay, and a way to."""
        invoices, amount = self._get_payable(part)
        return bool(invoices and amount) and self.company_id._credit_takes_online(payer, amount, part.currency)

    def _get_payment_link(self, part):
        """Return the address at which a part is paid, for the letter; nothing where it cannot be."""
        if not self._is_payable_online(part, self.partner_id):
            return ""
        return f"{self.get_base_url()}{self.get_portal_url(suffix=f'/pay/{part.currency.name}')}"
