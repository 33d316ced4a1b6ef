"""Customers that are merged, or get another parent, lose nothing of their credit file."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

FILE_TABLES = (
    "credit_hold", "credit_decision", "credit_release", "credit_limit_request", "credit_promise", "credit_cover",
)  # fmt: skip


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Override of `base`: bring the credit files together before core moves the links by SQL."""
        partners = self.env["res.partner"].browse(partner_ids).exists()
        target = dst_partner or self._get_ordered_partner(partner_ids)[-1]
        self.env["credit.profile"].sudo()._merge_into(partners - target, target)  # merging is a right of its own
        return super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _merge_into(self, sources, target):
        """Move what the profiles of merged customers hold to the profile of the one that stays.

        Where the target has no limit of its own it takes over the one of its first source.
        """
        Profile = self.with_context(active_test=False)
        for profile in Profile.search([("partner_id", "in", sources.ids)]):
            kept = Profile.search([("partner_id", "=", target.id), ("company_id", "=", profile.company_id.id)])
            if kept:
                profile._move_file(kept)
                if kept.limit_type == "none" and profile.limit_type != "none":
                    kept._write_and_react(profile._get_limit_values())
                profile.partner_id.with_company(profile.company_id)._set_core_credit_limit(0.0)
                profile.unlink()

    def _get_limit_values(self):
        return {
            "limit_type": self.limit_type,
            "amount_limit": self.amount_limit,
            "limit_currency_id": self.limit_currency_id.id,
            "date_limit_expiry": self.date_limit_expiry,
        }

    def _move_file(self, target):
        """Hand the records of this profile over to another one."""
        self.env.flush_all()
        for table in FILE_TABLES:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET profile_id = %s WHERE profile_id = %s",
                    SQL.identifier(table),
                    target.id,
                    self.id,
                )
            )
        self.env.cr.execute(SQL("DELETE FROM credit_snapshot WHERE profile_id = %s", self.id))
        self.env.invalidate_all()


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
        # the debts are looked at whoever asks
        profiles = self.env["credit.profile"].sudo().search([("partner_id", "in", self.ids)])
        owing = profiles.filtered(lambda p: p.company_id._is_credit_checked() and p.amount_exposure > 0)
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

    def _credit_has_open_documents(self):
        """Tell whether documents that use credit are made out to these partners or their contacts."""
        # a debt is a debt in any company
        companies = self.env["res.company"].sudo().search([])  # pylint: disable=no-search-all
        checked = companies.filtered(lambda company: company._is_credit_checked()).ids
        own = [("company_id", "in", checked), ("partner_invoice_id", "child_of", self.ids)]
        orders = self.env["sale.order"].sudo()  # whoever may not see them must not hide them either
        if orders.search_count([*own, ("state", "=", "sale"), ("invoice_status", "!=", "invoiced")], limit=1):
            return True
        items = [("company_id", "in", checked), ("partner_id", "child_of", self.ids), ("parent_state", "=", "posted"),
                 ("account_type", "=", "asset_receivable"), ("amount_residual", ">", 0)]  # fmt: skip
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
            self.env["credit.hold"]._queue_recheck(moved.partner_id.ids)
