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
        self._credit_log_merge(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _credit_log_merge(self, sources, target):
        """Note that A became B, where they have a file: rows of the log that name A stay as they are."""
        files = self.env["credit.profile"].sudo().with_context(active_test=False)  # whoever merges
        companies = files.search([("partner_id", "in", (sources | target).ids)]).company_id or self.env.company
        rows = [
            {
                "kind": "merge",
                "company_ref": company.id,
                "company_name": company.name,
                "customer_ref": source.id,
                "customer_name": source.name,
                "res_model": "res.partner",
                "res_id": target.id,
                "document_name": target.name,
                "value_before": source.display_name,
                "value_after": target.display_name,
            }
            for source in sources
            for company in companies
        ]
        self.env["credit.log"].sudo()._append(rows)  # the log is written for everybody, and by nobody else


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
