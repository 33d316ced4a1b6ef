"""Invoices of claims: nothing was sold, nobody is dunned for them as for principal, and no interest runs on them."""

from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_claim_ids = fields.One2many("credit.dunning.claim", "invoice_id", "Claims for Late Payment", readonly=True)

    def _credit_is_of_claims(self):
        """Tell whether the invoice asks for claims, and for nothing besides: no credit is given by it."""
        claims = self.sudo().credit_claim_ids  # whoever posts it
        claimed = sum(claims.filtered(lambda claim: claim.step == "booked").mapped("amount"))
        return bool(claims) and self.currency_id.compare_amounts(self.amount_untaxed, claimed) <= 0

    def _post(self, soft=True):
        """Override of `account`: a claim is not dunned as principal; goods on its invoice are."""
        posted = super()._post(soft)
        asking = posted.filtered(lambda move: move.sudo().credit_claim_ids)  # whoever posts it
        claims = asking.filtered(lambda move: move._credit_is_of_claims())
        claims._credit_leave_out(True)
        (asking - claims)._credit_leave_out(False)  # goods were added since it was posted as one of claims alone
        return posted

    def _credit_leave_out(self, is_left_out):
        """Keep the receivable items of these invoices out of dunning, or in it."""
        items = self.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
        other = items.filtered(lambda item: item.no_followup != is_left_out)
        if other:
            other.sudo().no_followup = is_left_out  # whoever posts it
