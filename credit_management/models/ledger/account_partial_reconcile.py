"""Matching: where a payment meets its invoice, held documents may get free."""

from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    _credit_max_date_idx = models.Index("(max_date)")

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `account`: a payment that is matched may free held documents."""
        partials = super().create(vals_list)
        checked = partials.filtered(lambda partial: partial.company_id._is_credit_checked())
        if checked:
            customers = checked.sudo().debit_move_id.partner_id  # ids only
            self.env["credit.recheck"]._queue(customers, cause=checked.credit_move_id.move_id)
        return partials
