"""Customers that are merged lose nothing of their credit file."""

from odoo import models
from odoo.tools import SQL

FILE_TABLES = (
    "credit_hold",
    "credit_release",
    "credit_limit_request",
    "credit_promise",
    "credit_cover",
)


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Override of `base`: bring the credit files together before core moves the links by SQL."""
        partners = self.env["res.partner"].browse(partner_ids).exists()
        target = dst_partner or self._get_ordered_partner(partner_ids)[-1]
        self.env["credit.profile"].sudo()._merge_into(partners - target, target)  # merging is a right of its own
        self.env["credit.log"].sudo()._append(  # see above
            [
                {
                    "kind": "merge",
                    "customer_ref": source.id,
                    "customer_name": source.name,
                    "res_model": "res.partner",
                    "res_id": target.id,
                    "document_name": target.name,
                    "value_before": source.display_name,
                    "value_after": target.display_name,
                }
                for source in partners - target
            ]
        )
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
                    kept.write(profile._get_limit_values())
                profile.partner_id.with_company(profile.company_id).write({"credit_limit": 0.0})
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
