"""The figures of a profile that need a limit: which one applies, what is left of it, what is beyond it."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..exposure.credit_profile_figures import figure
from ..setup.limit_value import LIMIT_TYPES

LIMITS = {"amount_limit_effective": ("limits", "effective_amount"), "limit_state": ("limits", "effective_kind")}
# worked out from the limit that applies and the exposure
COMPARED = {
    "amount_available": "(CASE WHEN %(kind)s = 'amount' THEN %(limit)s - %(used)s ELSE 0 END)",
    "amount_over_limit": "(CASE WHEN %(kind)s = 'amount' THEN GREATEST(%(used)s - %(limit)s, 0) ELSE 0 END)",
    "percent_utilisation": "(CASE WHEN %(kind)s <> 'amount' OR %(used)s <= 0 THEN 0 "
    "WHEN %(limit)s = 0 THEN 999 ELSE 100.0 * %(used)s / %(limit)s END)",
}
OF_PROFILES = "profile_id IN (SELECT id FROM credit_profile WHERE company_id IN %s)"  # rows without a company


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    limit_state = figure(
        "limit_state",
        "Effective Limit Type",
        "The limit that applies today: own, else the rating's, changed by temporary limits, "
        "never above the limit of the credit group.",
        fields.Selection,
        selection=LIMIT_TYPES,
    )
    amount_limit_effective = figure(
        "amount_limit_effective",
        "Effective Limit",
        "The limit that applies today in company currency: own or inherited, with temporary limits, "
        "never above the limit of the credit group. 0 with 'Amount' means cash only.",
        aggregator=None,  # the limits of a group's members add up to more than the group's
    )
    amount_available = figure(
        "amount_available",
        "Available",
        "Effective limit less exposure, or what all members of the credit group have left, where it is less. "
        "Negative when the limit is exceeded; 0 without a limit.",
        aggregator=None,  # what one customer has left is of no use to another
    )
    amount_over_limit = figure(
        "amount_over_limit", "Over Limit", "By how much the exposure is above the effective limit."
    )
    percent_utilisation = figure(
        "percent_utilisation",
        "Utilization (%)",
        "Exposure as a percentage of the effective limit; 0 without a limit. "
        "A cash-only customer with exposure shows 999.",
        fields.Float,
        digits=(16, 1),
        aggregator=None,  # nobody uses the average of what customers use
    )

    @api.model
    def _get_figure_columns(self):
        compared = dict.fromkeys(COMPARED, ("compared", ""))  # columns of no statement: see `_figure_to_sql`
        return {**super()._get_figure_columns(), **LIMITS, **compared}

    @api.model
    def _get_figures_of_nobody(self):
        return {**super()._get_figures_of_nobody(), "limit_state": "none"}

    @api.model
    def _figure_to_sql(self, alias, name, query, scopes=None):
        if name in COMPARED:
            return SQL(
                COMPARED[name],
                kind=self._figure_to_sql(alias, "limit_state", query, scopes),
                limit=self._figure_to_sql(alias, "amount_limit_effective", query, scopes),
                used=self._figure_to_sql(alias, "amount_exposure", query, scopes),
            )
        if name == "limit_state":
            return SQL("COALESCE(%s, 'none')", self._column_to_sql(alias, name, query, scopes))
        return super()._figure_to_sql(alias, name, query, scopes)

    @api.model
    def _get_part_condition(self, alias, part, joined):
        if part == "limits":
            return SQL("%s = %s", SQL.identifier(joined, "profile_id"), SQL.identifier(alias, "id"))
        return super()._get_part_condition(alias, part, joined)

    @api.model
    def _get_part_sql(self, part, scopes=None):
        if part != "limits":
            return super()._get_part_sql(part, scopes)
        Exposure, Limits = self.env["credit.exposure"], self.env["credit.limit.source"]
        scopes = scopes or Exposure._make_scopes_of_today()
        return Exposure._get_of_today_sql(scopes, Limits._get_limits_sql, OF_PROFILES)
