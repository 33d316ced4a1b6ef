"""Orders that are free of the check are let go like those that were released: what may still come of them counts."""

from odoo import api, models


class CreditRelease(models.Model):
    _inherit = "credit.release"

    @api.model
    def _get_pending(self, profiles, as_of):
        """Override: with the orders that are not checked, as far as they have not gone on."""
        pending = super()._get_pending(profiles, as_of)
        files = {(profile.partner_id, profile.company_id): profile for profile in profiles}
        freed = self.env["sale.order"].sudo().search(  # what was let go, whoever may see it
            [
                ("partner_invoice_id.commercial_partner_id", "in", profiles.partner_id.ids),
                ("company_id", "in", profiles.company_id._credit_get_tree().ids),
                ("credit_is_excluded", "=", True),
                ("state", "!=", "cancel"),
            ]
        )
        for order in freed:
            profile = files.get((order.partner_invoice_id.commercial_partner_id, order.company_id._credit_company()))
            to_come = order.credit_amount_excluded - order._credit_get_gone()
            if profile and to_come > 0:
                amounts = pending[profile]
                amounts[order._credit_key()] = max(amounts.get(order._credit_key(), 0.0), to_come)
        return pending
