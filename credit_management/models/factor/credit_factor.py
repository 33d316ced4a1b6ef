"""Factors of a score: what is known of customers as of a day, of any number of them in one statement."""

import dataclasses

from odoo import api, models
from odoo.tools import SQL

from ...engine.scoring import NO_DATA, Value


class CreditFactor(models.AbstractModel):
    _name = "credit.factor"
    _description = "Factors of a Credit Score"

    @api.model
    def _get_factors(self):
        """Return ``{name: Factor}`` of all ready factors, in the order in which they are offered.

        Hook: an add-on adds its own, and their statement in `_get_sources`.
        """
        return {}

    @api.model
    def _get_sources(self):
        """Return ``{source: build}``: what has the columns of its factors, ``partner_id`` and ``company_id``.

        ``build(scope)`` returns the statement as SQL. Hook: see `_get_factors`.
        """
        return {}

    @api.model
    def _read(self, profiles, day, names):
        """Return ``{profile id: {factor: Value}}`` of ready factors as of a day, in one statement."""
        factors = self._get_factors()
        names = [name for name in names if name in factors]
        if not (profiles and names):
            return {profile_id: {} for profile_id in profiles.ids}
        rows = self.env.execute_query(self._get_values_sql(profiles, day, names))
        missing = Value(None, NO_DATA)
        return {
            row[0]: {
                name: missing if value is None else Value(value)
                for name, value in zip(names, row[1:], strict=True)
            }
            for row in rows
        }

    @api.model
    def _get_values_sql(self, profiles, day, names):
        """Return SQL with a row per profile: its id, and a column for each factor, NULL without data."""
        self.env.flush_all()
        factors, sources = self._get_factors(), self._get_sources()
        scope = self._make_scope(profiles, day)
        used = dict.fromkeys(factors[name].source for name in names)
        joins = [
            SQL(
                "LEFT JOIN (%(rows)s) %(name)s ON %(name)s.partner_id = p.partner_id "
                "AND %(name)s.company_id = p.company_id",
                rows=sources[source](scope), name=SQL.identifier(source),
            )
            for source in used
        ]
        columns = [SQL("%s", SQL.identifier(factors[name].source, name)) for name in names]
        return SQL(
            "SELECT p.id, %s FROM credit_profile p %s WHERE p.id IN %s",
            SQL(", ").join(columns), SQL(" ").join(joins), tuple(profiles.ids),
        )

    @api.model
    def _make_scope(self, profiles, day):
        """Return a scope: what was booked up to the day, as it was on it."""
        scope = self.env["credit.exposure"]._make_scope_of_batch(day, profiles)
        return dataclasses.replace(scope, until=day, absent=frozenset())
