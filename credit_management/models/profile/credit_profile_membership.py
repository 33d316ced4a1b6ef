"""Membership of a credit group is the customer's: its files of all companies say the same."""

from odoo import api, models
from odoo.tools import SQL


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a customer that gets one more file is a member of its group there, too."""
        profiles = super().create(vals_list)
        for profile in profiles:
            group = profile.group_id or profile._get_other_files().group_id[:1]
            if group:
                (profile | profile._get_other_files())._join_group(group)
        return profiles

    def write(self, vals):
        """Override: who joins or leaves a group does so in all companies."""
        result = super().write(vals)
        if "group_id" in vals:
            self._get_other_files()._join_group(self[:1].group_id)
        return result

    def _get_other_files(self):
        """Return the files of these customers in other companies, whoever may open them."""
        # membership is the customer's, whatever companies the user has
        Profile = self.env["credit.profile"].sudo().with_context(active_test=False)
        partners = self.sudo().partner_id  # as above
        return Profile.search([("partner_id", "in", partners.ids), ("id", "not in", self.ids)])

    def _join_group(self, group):
        """Write the group on the files that say otherwise: what decides it was asked of whoever wrote the first one."""
        others = self.sudo().filtered(lambda profile: profile.group_id != group)  # see above
        if others:
            others.write({"group_id": group.id})

    @api.model
    def _unite_groups(self):
        """Give the files of each customer one group: of two the one with the lower limit. Return the files changed."""
        rows = self.env.execute_query(
            SQL("SELECT partner_id FROM credit_profile GROUP BY 1 HAVING COUNT(DISTINCT COALESCE(group_id, 0)) > 1")
        )
        changed = self.browse()
        files = self.with_context(active_test=False).search([("partner_id", "in", [row[0] for row in rows])])
        for profiles in files.grouped("partner_id").values():
            group = profiles.group_id.sorted(lambda group: (not group.active, group._get_lowness(), group.id))[:1]
            others = profiles.filtered(lambda profile, group=group: profile.group_id != group)
            others._join_group(group)
            changed |= others
        return changed


class CreditGroup(models.Model):
    _inherit = "credit.group"

    def _get_lowness(self):
        """Return a number that is smaller for a stricter limit: its amount in the currency of the company in use."""
        if self.limit_type != "amount":
            return float("inf")
        company = self.env.company
        return self.currency_id._convert(self.amount_limit, company.currency_id, company, company._credit_today())
