"""Factors of a score: what is known of customers as of a day, of any number of them in one statement."""

import dataclasses
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...engine.scoring import NO_DATA, Value
from ..behaviour.credit_behaviour import DAYS_BACK
from ..behaviour.credit_money import MONEY, PAID
from ..exposure.shared import NETTED, share
from .factor import KEPT_NOT, NOTHING_YET, Figures, make_shown

TRADE = "trade"  # the source that knows whether a customer was ever invoiced


class CreditFactor(models.AbstractModel):
    _name = "credit.factor"
    _description = "Factors of a Credit Score"

    @api.model
    def _get_factors(self):
        """Return ``{name: Factor}`` of all ready factors, in the order in which they are offered.

        Hook: an add-on adds its own here; one with a ``read`` needs nothing else.
        """
        return {}

    @api.model
    def _get_sources(self):
        """Return ``{source: build}``: what has the columns of its factors, beside ``partner_id`` and ``company_id``.

        ``build(scope)`` returns the statement as SQL. Hook: for factors that are read with all others at once.
        """
        return {}

    # -- reading -----------------------------------------------------------------------------------

    @api.model
    def _read(self, profiles, day, names, figures=None):
        """Return ``{profile id: {factor: Value}}`` of ready factors as of a day, those of sources in one statement.

        A figure is rounded as it is shown: what is shown has the points.

        :param figures: the `Figures` of those of sources, where these customers' were fetched among others'
        """
        factors = self._get_factors()
        known = [factors[name] for name in names if name in factors]
        if not figures or not figures.has(self._get_names_of_sources(names), profiles.ids):
            figures = self._fetch(profiles, day, names)
        found = {profile_id: figures.get_values(profile_id) for profile_id in profiles.ids}
        for read in dict.fromkeys(factor.read for factor in known if factor.read) if profiles else ():
            own = [(factor.name, factor.get_shown_digits()) for factor in known if factor.read == read]
            for profile_id, values in read(self, profiles, day).items():
                found[profile_id].update(_show(values, own))
        return found

    @api.model
    def _get_names_of_sources(self, names):
        """Return those of some factors that have a source."""
        factors = self._get_factors()
        return [name for name in names if name in factors and not factors[name].read]

    @api.model
    def _fetch(self, profiles, day, names):
        """Return the `Figures` of those of some factors that have a source, as of a day."""
        names = self._get_names_of_sources(names)
        if not names or not profiles:
            return Figures(tuple(names), (), (), {})
        factors, missing = self._get_factors(), self._get_missing(profiles, day, names)
        statement = self._get_values_sql(self._make_scope(profiles, day), profiles, names)
        return Figures(
            tuple(names), tuple(factors[name].get_shown_digits() for name in names),
            tuple(missing[name] for name in names),
            {profile_id: row for profile_id, *row in self.env.execute_query(statement)},
        )

    @api.model
    def _make_scope(self, profiles, day):
        """Return a scope: what was booked up to the day, as it was on it; of today, what the file says."""
        scope = self.env["credit.exposure"]._make_scope_of_batch(day, profiles)
        is_today = all(company._credit_today() == day for company in profiles.company_id)
        # money that has no entry yet is kept for no day, and counts now
        return dataclasses.replace(scope, until=None if is_today else day, absent=frozenset())

    @api.model
    def _get_missing(self, profiles, day, names):
        """Return what no data of each factor is on a day: nothing, or nothing that was kept."""
        factors, since = self._get_factors(), {}
        for table in {factors[name].kept for name in names} - {""}:
            first = self._get_first_day(table, profiles)
            since[table] = Value(None, f"{KEPT_NOT}:{first or NOTHING_YET}") if not first or first > day else None
        nothing = Value(None, NO_DATA)
        return {name: since.get(factors[name].kept) or nothing for name in names}

    @api.model
    def _get_first_day(self, table, profiles):
        """Return the first day of which a table has something kept, of the companies of some customers."""
        [(first,)] = self.env.execute_query(
            SQL(
                "SELECT MIN(date) FROM %s WHERE company_id IN %s AND is_from_ledger IS NOT TRUE",
                SQL.identifier(table), tuple(profiles.company_id.ids),
            )
        )
        return first

    @api.model
    @share
    def _get_values_sql(self, scope, profiles, names):
        """Return SQL with a row per profile: its id, and a column for each factor, NULL without data."""
        factors, build = self._get_factors(), self._get_sources()
        tables, scope = self._get_tables(scope)
        used = [factors[name] for name in names]
        sources = dict.fromkeys(factor.source for factor in used) | dict.fromkeys(
            [TRADE] if any(factor.is_zero for factor in used) else []
        )
        joins = [
            SQL(
                "LEFT JOIN (%(rows)s) %(name)s ON %(name)s.partner_id = p.partner_id "
                "AND %(name)s.company_id = p.company_id",
                rows=build[source](scope), name=SQL.identifier(source),
            )
            for source in sources
        ]
        return SQL(
            "WITH %s SELECT p.id, %s FROM credit_profile p %s WHERE p.id = ANY(%s)",
            tables, SQL(", ").join(self._get_column_sql(factor) for factor in used), SQL(" ").join(joins), profiles.ids,
        )

    @api.model
    def _get_tables(self, scope):
        """Return the common tables of what several sources start from, and the scope that has them."""
        Exposure, tables = self.env["credit.exposure"], []
        for name, build in {
            NETTED: Exposure._get_netted_sql, MONEY: Exposure._get_money_items_sql,
            PAID: lambda known: Exposure._get_paid_sql(known, known.as_of - timedelta(days=DAYS_BACK)),
        }.items():
            tables.append(SQL("%s AS MATERIALIZED (%s)", SQL.identifier(name), build(scope)))
            scope = dataclasses.replace(scope, shared=scope.shared | {name})
        return SQL(", ").join(tables), scope

    @api.model
    def _get_column_sql(self, factor):
        found = SQL("%s::%s", SQL.identifier(factor.source, factor.name),
                    SQL("text" if factor.words else "float"))
        if factor.is_zero:
            found = SQL("COALESCE(%s, CASE WHEN %s.months_customer IS NOT NULL THEN 0 END)", found,
                        SQL.identifier(TRADE))
        return SQL("%s AS %s", found, SQL.identifier(factor.name))


def _show(values, factors):
    """Return those of some values that are asked for, as they are shown."""
    return [
        (name, values[name] if values[name].value is None else make_shown(values[name].value, digits))
        for name, digits in factors if name in values
    ]
