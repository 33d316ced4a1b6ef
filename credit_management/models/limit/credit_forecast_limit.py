"""What can still be sold on a day to come: the limit that applies then, less the exposure that is left."""

from odoo import models
from odoo.tools import SQL

from ..reading.scope import Scope


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_forecast(self, as_of, days, days_late):
        """Override: with ``limit`` and ``available`` of each day, None without an amount to compare with."""
        forecast = super()._get_forecast(as_of, days, days_late)
        for day, foreseen in forecast.items():
            limit = self._get_limit_on(day)
            foreseen["limit"] = limit
            foreseen["available"] = None if limit is None else limit - foreseen["exposure"]
        return forecast

    def _get_limit_on(self, day):
        """Return the effective limit of the customer on a day, in company currency; None without an amount."""
        rows = self.env.execute_query(
            SQL(
                "SELECT effective_amount::float FROM (%s) l WHERE profile_id = %s AND effective_kind = 'amount'",
                self.env["credit.limit.source"]._get_limits_sql(Scope(day)),
                self.id,
            )
        )
        return rows[0][0] if rows else None
