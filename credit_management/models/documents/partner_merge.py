"""Customers that are merged: who may, where debts move. The files are brought together in `credit_profile_merge.py`."""

from odoo import api, models
from odoo.exceptions import AccessError


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override of `base`: bring the credit files together before core moves the links by SQL.

        :raise AccessError: when debts would count for another customer, without the rights of a credit controller
        """
        customer = dst_partner.commercial_partner_id
        moved = src_partners.filtered(lambda partner: partner.commercial_partner_id != customer)
        moved._credit_check_merge(dst_partner)
        self.env["credit.profile"].sudo()._merge_into(src_partners, dst_partner)  # the right was asked for above
        return super()._update_foreign_keys(src_partners, dst_partner)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _credit_check_merge(self, target):
        """Refuse to make debts count for another customer without credit rights.

        :raise AccessError: naming the customer
        """
        if self.env.su or self.env.user.has_group("credit_management.group_credit_controller"):
            return
        for partner in self:
            if partner._credit_get_owing() or partner._credit_has_open_documents():
                raise AccessError(
                    self.env._(
                        "%(customer)s has debts or open documents, which would count for %(target)s: only a credit "
                        "controller can merge the two.",
                        customer=partner.display_name,
                        target=target.display_name,
                    )
                )
