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
        """Override of `account`: a claim is not dunned as principal."""
        posted = super()._post(soft)
        claims = posted.filtered(lambda move: move.sudo().credit_claim_ids)  # whether there are any
        items = claims.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
        if items:
            items.no_followup = True
        return posted
