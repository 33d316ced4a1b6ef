"""What covers the debts of a customer, in its credit file."""

from odoo import api, fields, models
from odoo.fields import Domain


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    cover_ids = fields.One2many("credit.cover", "profile_id", "Covers")
    date_cover_expiry = fields.Date(
        "Covered Until",
        compute="_compute_date_cover_expiry",
        help="Last day of all covers that have begun. Empty: no cover, or one without end.",
    )
    is_cover_expired = fields.Boolean(
        "Cover Expired",
        compute="_compute_date_cover_expiry",
        search="_search_is_cover_expired",
        help="The customer had a cover, and none is valid today.",
    )

    @api.depends("cover_ids.date_from", "cover_ids.date_to", "cover_ids.active")
    def _compute_date_cover_expiry(self):
        for profile in self:
            today = (profile.company_id or self.env.company)._credit_today()
            begun = profile.cover_ids.filtered_domain([("active", "=", True), ("date_from", "<=", today)])
            is_endless = any(not cover.date_to for cover in begun)
            profile.date_cover_expiry = False if is_endless else max(begun.mapped("date_to"), default=False)
            profile.is_cover_expired = bool(profile.date_cover_expiry and profile.date_cover_expiry < today)

    @api.model
    def _search_is_cover_expired(self, operator, value):
        if operator != "in":
            return NotImplemented
        days = self.env["res.company"]._credit_get_days()
        return Domain.OR(Domain("company_id", "in", ids) & self._get_lapsed_domain(day) for day, ids in days.items())

    @api.model
    def _get_lapsed_domain(self, day):
        begun = Domain("date_from", "<=", day)
        valid = begun & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
        return Domain("cover_ids", "any", begun) & Domain("cover_ids", "not any", valid)
