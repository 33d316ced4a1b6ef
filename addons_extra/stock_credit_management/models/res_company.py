"""Where a delivery is checked, and what becomes of the goods of a held one."""

from odoo import api, fields, models
from odoo.addons.credit_management.models.change.measures import earlier_rank


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_delivery_step = fields.Selection(
        [
            ("last", "When goods leave"),
            ("first", "When goods leave, and at the first step"),
            ("reservation", "When goods leave, at the first step, and when stock is reserved"),
        ],
        "Check Deliveries",
        default="last",
        required=True,
        help="Goods that leave for a customer are always checked. A delivery in several steps can be stopped before "
        "it is picked, or before stock is reserved for it, too.",
    )
    credit_is_reservation_kept = fields.Boolean(
        "Held Deliveries Keep Their Stock",
        default=True,
        help="On: a transfer on credit hold keeps what is reserved for it. Off: its stock is free for other "
        "customers, and is reserved again when the hold falls.",
    )

    @api.model
    def _credit_get_loosening(self):
        """Override: a delivery that is checked at fewer steps gets further."""
        steps = ("last", "first", "reservation")
        return {**super()._credit_get_loosening(), "credit_delivery_step": earlier_rank("credit_delivery_step", steps)}


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_delivery_step = fields.Selection(related="company_id.credit_delivery_step", readonly=False)
    credit_is_reservation_kept = fields.Boolean(related="company_id.credit_is_reservation_kept", readonly=False)
