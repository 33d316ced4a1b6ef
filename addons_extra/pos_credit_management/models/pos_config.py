"""What the screen of the counter is told about credit."""

from odoo import api, models
from odoo.tools import formatLang


class PosConfig(models.Model):
    _inherit = "pos.config"

    @api.model
    def _load_pos_data_read(self, records, config):
        """Override of `point_of_sale`: where no policy is on, the screen asks nothing."""
        read = super()._load_pos_data_read(records, config)
        for values in read:
            values["_credit_is_checked"] = self.browse(values["id"]).company_id._is_credit_checked()
        return read

    def credit_get_available(self, partner_id):
        """Return what a customer may still put on account, in words; '' to who may not see figures.

        :param int partner_id: the customer at the counter
        :raise AccessError: without the rights to this point of sale, or to this customer
        """
        self.ensure_one()
        self.check_access("read")
        partner = self.env["res.partner"].browse(partner_id)
        partner.check_access("read")
        if not self.env["pos.order"]._credit_sees_figures() or not self.company_id._is_credit_checked():
            return ""
        # totals are for whoever may see figures
        profile = self.env["credit.profile"].sudo()._ensure(partner, self.company_id)
        if profile.limit_state != "amount":
            return ""
        available = formatLang(self.env, profile.amount_available, currency_obj=profile.currency_id)
        return self.env._("Available credit: %(available)s", available=available)
