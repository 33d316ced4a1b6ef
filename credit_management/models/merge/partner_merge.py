"""Customers that are merged: who may, where debts move. The files are brought together in `credit_profile_merge.py`.

Two customers that become one keep the stricter of both: a credit controller merges them. A part of one that becomes a
part of another one is a move: it goes the way of moves (`partner_move.py`) first, and is merged then.
"""

from odoo import api, models
from odoo.exceptions import AccessError, UserError


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override of `base`: bring the credit files together before core moves the links by SQL.

        :raise AccessError: when debts would count for another customer, without the rights of a credit controller
        :raise UserError: when that takes a change of its own first, which a second person applies
        """
        customer = dst_partner.commercial_partner_id
        moved = src_partners.filtered(lambda partner: partner.commercial_partner_id != customer)
        moved._credit_check_merge(dst_partner)
        if dst_partner == customer:
            moved._credit_check_groups(customer)
            moved -= moved.commercial_partner_id
        moved._credit_check_part(dst_partner)
        src_partners._credit_hand_sellers_to(dst_partner)
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

    def _credit_check_part(self, target):
        """Refuse to merge what counts for one customer into a part of another one: that is a move.

        :raise UserError: naming the way forward
        """
        if self.env.su:
            return
        for partner in self.filtered(lambda partner: partner._credit_has_standing()):
            raise UserError(
                self.env._(
                    "What %(contact)s owes counts for %(customer)s, and would count for %(target)s. Make it a contact "
                    "of %(target)s first: that may take a second person. Then merge the two.",
                    contact=partner.display_name,
                    customer=partner.commercial_partner_id.display_name,
                    target=target.commercial_partner_id.display_name,
                )
            )

    def _credit_check_groups(self, customer):
        """Refuse to take a customer out of its credit group by merging it: that leaves room to the other members.

        :raise UserError: naming the groups
        """
        if self.env.su:
            return
        files = (self | customer)._credit_get_checked_files()
        for company, own in files.grouped("company_id").items():
            groups = own.group_id
            if len(groups) > 1:
                raise UserError(
                    self.env._(
                        "The customers are in different credit groups of %(company)s: %(groups)s. Take them out of "
                        "all but one first: that may take a second person. Then merge them.",
                        company=company.name,
                        groups=", ".join(groups.mapped("name")),
                    )
                )

    def _credit_hand_sellers_to(self, target):
        """Keep that whoever sells to these customers, or did, sells to the one that they become."""
        # whoever merges
        pairs = {(target.id, user.id) for user in self.sudo()._credit_get_sellers()}
        if pairs:
            self.env["credit.owner"]._note(self._name, pairs)
