"""Matches of two customers' items: the few that are looked at from both sides."""

from odoo import api, fields, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    # Where the items are of one partner, as nearly always, both are empty. A merge of partners makes more matches such
    # ones, and never less.
    credit_debtor_id = fields.Many2one(
        "res.partner", "Debtor, of Somebody Else's Credit", compute="_compute_credit_parties", store=True,
        precompute=True, index="btree_not_null",
    )
    credit_payer_id = fields.Many2one(
        "res.partner", "Payer, of Somebody Else's Debt", compute="_compute_credit_parties", store=True,
        precompute=True, index="btree_not_null",
    )

    @api.depends("debit_move_id.partner_id", "credit_move_id.partner_id")
    def _compute_credit_parties(self):
        for match in self:
            debtor, payer = match.debit_move_id.partner_id, match.credit_move_id.partner_id
            match.credit_debtor_id = debtor if debtor != payer else False
            match.credit_payer_id = payer if debtor != payer else False
