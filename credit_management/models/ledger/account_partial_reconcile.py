"""Matching: where a payment meets its invoice, held documents may get free. Only Odoo's own matching says how much."""

from odoo import api, models

from ..gate.transaction import during, get_mark

MATCHING = "credit_management.matching"


class AccountPartialReconcile(models.Model):
    _name = "account.partial.reconcile"
    _inherit = ["account.partial.reconcile", "credit.fact.mixin"]

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

    def _credit_check_refused(self, vals):
        """Override: `account` makes matches as whoever matches, of what is open on both sides; nobody else does."""
        if not get_mark(self.env.cr, MATCHING):
            super()._credit_check_refused(vals)


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _reconcile_plan_with_sync(self, plan_list, all_amls):
        """Override of `account` to say that it is Odoo that matches, and works out how much."""
        with during(self.env.cr, MATCHING):
            return super()._reconcile_plan_with_sync(plan_list, all_amls)
