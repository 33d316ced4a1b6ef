"""Credit files as they would be with another rating or limit: in memory, and as a relation that limits are read of."""

from dataclasses import replace

from odoo import models
from odoo.tools import SQL

from ...engine.limits import Limit
from ..reading.scope import Scope


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _suppose(self, ratings):
        """Return ``{id: file}`` of these customers with other ratings, in memory; the file itself where it stays.

        :param dict ratings: ``{profile id: rating id or None}``
        """
        return {
            profile.id: profile if ratings[profile.id] == (profile.rating_id.id or None)
            else profile.new({"rating_id": ratings[profile.id]}, origin=profile)
            for profile in self
        }

    def _read_supposed_limits(self, day, ratings, amounts):
        """Return ``{id: (own limit, effective limit)}`` as of a day, in company currency, of customers of one company.

        :param dict ratings: ``{profile id: rating id or None}``
        :param dict amounts: ``{profile id: own limit in company currency}`` of those that get another one
        """
        limits = self.env["credit.limit.source"]._get_limits_sql(Scope(day), self._get_supposed_sql(ratings, amounts))
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL("SELECT profile_id, kind, amount::float, effective_kind, effective_amount::float FROM (%s) l", limits)
        )
        return {key: (Limit(kind, amount), Limit(lower, least)) for key, kind, amount, lower, least in rows}

    def _get_supposed_sql(self, ratings, amounts):
        """Return a relation that stands in for the table of the credit files."""
        return SQL(
            """
            (SELECT p.id, p.company_id, p.group_id, s.rating_id,
                    CASE WHEN s.amount IS NULL THEN p.limit_type ELSE 'amount' END AS limit_type,
                    COALESCE(s.amount, p.amount_limit) AS amount_limit,
                    CASE WHEN s.amount IS NULL THEN p.limit_currency_id ELSE %(currency)s END AS limit_currency_id
               FROM credit_profile p
               JOIN UNNEST(%(ids)s::int[], %(ratings)s::int[], %(amounts)s::numeric[]) s (id, rating_id, amount)
                 ON s.id = p.id)
            """,
            currency=self.company_id.currency_id.id,
            ids=self.ids,
            ratings=[ratings[profile_id] for profile_id in self.ids],
            amounts=[amounts.get(profile_id) for profile_id in self.ids],
        )

    def _propose_supposed(self, inputs, supposed, methods=None):
        """Return ``{id: proposed limit or None}`` of customers of one company.

        :param dict inputs: of `_read_proposal_inputs`
        :param dict supposed: of `_suppose`
        :param methods: a `Methods` in place of the bases and settings
        """
        company = self.company_id
        caps = company._credit_get_own_caps(methods and methods.percent_cap)
        files = self.browse().concat(*supposed.values())
        bases = {} if methods else self.env["credit.limit.basis"]._get_for_profiles(files)
        bands = {rating: tuple(rating.band_ids._to_engine(company)) for rating in files.rating_id}
        found = {}
        for key, file in supposed.items():
            known = replace(inputs[key], bands=bands.get(file.rating_id))
            basis = methods.basis if methods else bases[file]
            found[key] = file._propose(known, basis, caps, methods and methods.amount_step).combined.amount
        return found
