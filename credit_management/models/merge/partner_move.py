"""Customers that get another parent: what they owe follows them to their new commercial entity."""

from odoo import models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """Override of `base`: what a customer owes follows it to its new commercial entity.

        :raise UserError: when somebody without credit rights moves a customer that owes something
        """
        is_moved = bool({"parent_id", "is_company", "commercial_partner_id"} & vals.keys())
        if is_moved:
            self._credit_check_move()
        result = super().write(vals)
        if is_moved:
            self._credit_follow_parent()
        return result

    def _credit_check_move(self):
        """Refuse to hide debts behind another customer's limit."""
        if self.env.su or self.env.user.has_group("credit_management.group_credit_controller"):
            return
        owing = self._credit_get_owing()
        if owing:
            raise UserError(
                self.env._(
                    "%(customer)s owes %(amount)s: its parent or its kind can only be changed by a credit "
                    "controller, because its debts would count for another customer.",
                    customer=owing[0].partner_id.display_name,
                    amount=owing[0].currency_id.format(owing[0].amount_exposure),
                )
            )
        if self._credit_has_open_documents():
            raise UserError(
                self.env._(
                    "%(contact)s has open orders or invoices that count for %(customer)s: only a credit controller "
                    "can make them count for another customer.",
                    contact=self[0].display_name,
                    customer=self[0].commercial_partner_id.display_name,
                )
            )

    def _credit_get_owing(self):
        """Return the credit files of these customers that owe something where credit is checked."""
        # the debts are looked at whoever asks
        profiles = self.env["credit.profile"].sudo().search([("partner_id", "in", self.ids)])
        return profiles.filtered(lambda p: p.company_id._is_credit_checked() and p.amount_exposure > 0)

    def _credit_has_open_documents(self):
        """Tell whether documents that use credit are made out to these partners or their contacts."""
        # a debt is a debt in any company
        companies = self.env["res.company"].sudo().search([])  # pylint: disable=no-search-all
        checked = companies.filtered(lambda company: company._is_credit_checked()).ids
        own = [("company_id", "in", checked), ("partner_invoice_id", "child_of", self.ids)]
        orders = self.env["sale.order"].sudo()  # whoever may not see them must not hide them either
        if orders.search_count([*own, ("state", "=", "sale"), ("invoice_status", "!=", "invoiced")], limit=1):
            return True
        items = [
            ("company_id", "in", checked),
            ("partner_id", "child_of", self.ids),
            ("parent_state", "=", "posted"),
            ("account_type", "=", "asset_receivable"),
            ("amount_residual", ">", 0),
        ]
        return bool(self.env["account.move.line"].sudo().search_count(items, limit=1))  # as above

    def _credit_follow_parent(self):
        """What a customer owes counts for its new commercial entity: that one needs a profile, and
        the holds of both are looked at again."""
        # whoever moves the customer need not see its credit file
        profiles = self.env["credit.profile"].sudo().search([("partner_id", "in", self.ids)])
        moved = profiles.filtered(lambda profile: profile.partner_id != profile.partner_id.commercial_partner_id)
        for profile in moved:
            profile._ensure(profile.partner_id, profile.company_id)
            profile.active = False
        if moved:
            self.env["credit.recheck"]._queue(moved.partner_id)
