"""Facts of a profile for the decision: read once, in batch, however many rules ask for them."""

import dataclasses
from itertools import product

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.facts import Facts, GroupFacts, OverdueItem
from ...engine.limits import Cap, Limit
from ..exposure.shared import share
from ..reading.scope import among


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_facts(self, as_of, rules):
        """Return the facts of these profiles, as ``{profile id: Facts}``.

        Runs with all rights: a decision does not depend on who asks for it.

        :param as_of: the day
        :param rules: the engine's `Rule`s that will judge them: facts that only some criteria need are read
            where one of these asks
        """
        profiles = self.sudo()  # facts are everybody's
        profiles.fetch(self._get_fact_fields())
        reading = profiles._start_reading(as_of)
        figures = profiles._read_fact_figures(reading)
        optional = profiles._get_optional_facts(reading, rules)
        groups = profiles._get_group_facts()
        return {
            profile.id: profile._prepare_facts(
                as_of, figures[profile.id], groups.get(profile.group_id.id), optional.get(profile.id, {})
            )
            for profile in profiles
        }

    @api.model
    def _get_fact_fields(self):
        return [
            "partner_id",
            "company_id",
            "rating_id",
            "policy_id",
            "group_id",
            "account_status",
            "legal_class",
            "status_reason_id",
            "status_reason",
            "is_excluded",
            "date_ignore_until",
            "exempted_by_id",
            "date_review_next",
            "date_limit_expiry",
        ]

    def _prepare_facts(self, as_of, figures, group, optional):
        """Return one profile's facts as a plain value."""
        currency = self.company_id.currency_id
        return Facts(
            profile_id=self.id,
            as_of=as_of,
            currency_id=currency.id,
            rounding=currency.rounding,
            limit=Limit(figures["kind"], float(figures["amount"])),
            exposure=float(figures["exposure"]),
            components={name: float(figures[name]) for name in self.env["credit.exposure"]._get_component_names()},
            caps=tuple(Cap(subject, *bounds) for subject, *bounds in figures["caps"] or ()),
            overdue=self._prepare_overdue(as_of, figures["ladder"]),
            group=group and dataclasses.replace(group, rate=self._get_group_rate(as_of)),
            rating_id=self.rating_id.id or 0,
            account_status=self.account_status,
            is_excluded=self.is_excluded and self._is_exemption_covered(),
            date_ignore_until=(self._is_exemption_covered() and self.date_ignore_until) or None,
            date_review_next=self.date_review_next or None,
            date_limit_expiry=self._get_limit_expiry(),
            date_cover_expiry=figures["date_cover_expiry"],
            dunning_level=figures["dunning_level"],
            **optional,
        )

    def _get_limit_expiry(self):
        """Return the last day of the own limit or of the credit group's, whichever comes first."""
        group_limit = self.group_id.date_limit_expiry if self.group_id.active else False
        return min(filter(None, [self.date_limit_expiry, group_limit]), default=None)

    def _get_group_rate(self, as_of):
        """Return one unit of the company's currency in the currency of the credit group."""
        return self.env["res.currency"]._get_conversion_rate(
            self.company_id.currency_id, self.group_id.currency_id, self.company_id, as_of
        )

    @api.model
    def _prepare_overdue(self, as_of, ladder):
        return tuple(
            OverdueItem((as_of - fields.Date.to_date(day)).days, float(amount))
            for day, amount in sorted((ladder or {}).items())
        )

    def _read_fact_figures(self, reading):
        """Return limit, exposure, overdue ladder, level and cover of each profile, in one statement."""
        rows = reading.rows("_get_facts_sql")
        names = ["kind", "amount", "ladder", "dunning_level", "date_cover_expiry", "caps"]
        names += ["exposure", *self.env["credit.exposure"]._get_component_names()]
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}

    @api.model
    @share
    def _get_facts_sql(self, scope, ids):
        Exposure = self.env["credit.exposure"]
        names = ["exposure", *Exposure._get_component_names()]
        return SQL(
            """
            SELECT p.id, l.kind, l.amount, o.ladder, %(level)s, (%(cover)s), (%(caps)s), %(columns)s
              FROM credit_profile p
              LEFT JOIN (%(limits)s) l ON l.profile_id = p.id
              LEFT JOIN (%(totals)s) e ON e.partner_id = p.partner_id AND e.company_id = p.company_id
              LEFT JOIN (%(overdue)s) o ON o.partner_id = p.partner_id AND o.company_id = p.company_id
              LEFT JOIN (%(levels)s) d ON d.partner_id = p.partner_id AND d.company_id = p.company_id
             WHERE %(ids)s
            """,
            columns=SQL(", ").join(SQL("COALESCE(e.%s, 0)", SQL.identifier(name)) for name in names),
            limits=self.env["credit.limit.source"]._get_limits_sql(scope),
            totals=Exposure._get_totals_sql(scope),
            overdue=Exposure._get_overdue_sql(scope),
            level=self._get_level_sql(SQL("p"), SQL("COALESCE(d.level, 0)"), scope.as_of),
            levels=Exposure._get_levels_sql(scope),
            cover=Exposure._get_cover_expiry_sql(SQL("p.id"), scope.as_of),
            caps=self._get_caps_sql(SQL("p.id")),
            ids=among(SQL("p.id"), ids),
        )

    def _get_group_facts(self):
        """Return the facts of the profiles' credit groups by group id."""
        groups = self.group_id.filtered(lambda group: group.active and group.limit_type == "amount")
        totals = groups._get_totals()
        return {
            group.id: GroupFacts(
                group_id=group.id,
                name=group.name,
                limit=Limit(group.limit_type, group.amount_limit),
                exposure=totals.get(group.id, (0.0, 0.0))[0],
                rate=1.0,
                rounding=group.currency_id.rounding,
                currency_id=group.currency_id.id,
            )
            for group in groups
        }

    def _get_optional_facts(self, reading, rules):
        """Return the facts that only some criteria need, when one of the rules asks for them.

        :rtype: dict[int, dict] of keyword arguments of `Facts` by profile id
        """
        needs = {rule.needs for rule in rules}
        optional = {profile.id: {} for profile in self}
        if needs & {"days_since_payment", "days_oldest_item"}:
            self._add_dates(optional, reading)
        if "promises_broken" in needs:
            self._add_promises(optional, reading)
        if "matched_rule_ids" in needs:
            self._add_matched_rules(optional, {rule.rule_id for rule in rules if rule.needs == "matched_rule_ids"})
        if "days_customer" in needs:
            self._add_days_customer(optional, reading)
        if "terms" in needs:
            self._add_terms(optional)
        if "payment_index" in needs:
            for profile_id, index in self._get_payment_indexes(reading.scope.as_of).items():
                optional[profile_id]["payment_index"] = index
        return optional

    def _add_matched_rules(self, optional, rule_ids):
        """Add which own conditions a profile matches: one search per such rule and company.

        Not in the environment of who asks: neither user nor day nor context nor ticked companies change what it says.
        """
        for rule, (company, profiles) in product(
            self.env["credit.policy.rule"].browse(rule_ids), self.grouped("company_id").items()
        ):
            for profile in company._credit_for_condition(profiles).filtered_domain(rule._get_domain()):
                matched = optional[profile.id].get("matched_rule_ids", frozenset())
                optional[profile.id]["matched_rule_ids"] = matched | {rule.id}
