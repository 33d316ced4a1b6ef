"""Facts: which limit applies to a profile today.

Own limit, else the rating's; changed by the temporary limits running today; never above the limit
of the credit group.
"""

from odoo import api, models
from odoo.tools import SQL

from ..reading.scope import Scope, left_out


class CreditLimitSource(models.AbstractModel):
    _name = "credit.limit.source"
    _description = "Sources of the credit limit"

    @api.model
    def _get_limits_sql(self, scope, files=None):
        """Return SQL with one row per profile, of whoever's, amounts in the currency of its company.

        ``kind, amount``: the customer's own limit as it stands today; ``group_kind,
        group_amount``: its group's; ``effective_kind, effective_amount``: the lower of both.

        :param files: a relation in place of the credit files, with other limits or ratings: what would apply then
        """
        return SQL(
            """
            SELECT l.profile_id, l.kind, l.amount, l.group_kind, l.group_amount,
                   CASE WHEN l.group_kind = 'amount' THEN 'amount' ELSE l.kind END AS effective_kind,
                   CASE WHEN l.group_kind <> 'amount' THEN l.amount
                        WHEN l.kind <> 'amount' THEN l.group_amount
                        ELSE LEAST(l.amount, l.group_amount) END AS effective_amount
              FROM (%s) l
            """,
            self._get_own_and_group_sql(scope, files or SQL("credit_profile")),
        )

    @api.model
    def _get_own_and_group_sql(self, scope, files):
        """The own limit after temporary ones, and the group's, side by side.

        A replacement wins over the base, the highest counts; increments are added to either, and covers to what there
        is; an unlimited customer stays unlimited.
        """
        return SQL(
            """
            SELECT b.profile_id,
                   CASE WHEN b.kind = 'none' AND t.is_temporary THEN 'amount' ELSE b.kind END AS kind,
                   CASE WHEN b.kind = 'unlimited' OR b.kind = 'none' AND t.is_temporary IS NOT TRUE THEN 0
                        ELSE COALESCE(t.replacement, b.amount) + COALESCE(t.increment, 0) + COALESCE(t.cover, 0)
                        END AS amount,
                   COALESCE(b.group_kind, 'none') AS group_kind, b.group_amount
              FROM (%(base)s) b
              LEFT JOIN (%(temporary)s) t ON t.profile_id = b.profile_id
            """,
            base=self._get_base_sql(scope.as_of, files),
            temporary=self._get_temporary_sql(scope),
        )

    @api.model
    def _get_base_sql(self, as_of, files):
        """The own limit, else the rating's, and the group's, each converted at today's rate."""
        return SQL(
            """
            SELECT b.profile_id, b.kind, %(own)s AS amount, b.group_kind, %(group)s AS group_amount
              FROM (%(granted)s) b
              JOIN res_company c ON c.id = b.company_id
              JOIN res_currency cur ON cur.id = c.currency_id
              LEFT JOIN LATERAL (%(own_rate)s) own ON TRUE
              LEFT JOIN LATERAL (%(group_rate)s) grp ON TRUE
            """,
            granted=self._get_granted_sql(files),
            own=self._get_converted_sql("b.kind", "b.amount", "own.rate"),
            group=self._get_converted_sql("b.group_kind", "b.group_amount", "grp.rate"),
            own_rate=self._get_foreign_rate_sql("b.kind", "b.currency_id", as_of),
            group_rate=self._get_foreign_rate_sql("b.group_kind", "b.group_currency_id", as_of),
        )

    @api.model
    def _get_granted_sql(self, files):
        """The own limit, else the rating's, and the group's, each in the currency it was granted in."""
        return SQL(
            """
            SELECT p.id AS profile_id, p.company_id,
                   CASE WHEN p.limit_type <> 'none' THEN p.limit_type
                        ELSE COALESCE(r.limit_type, 'none') END AS kind,
                   CASE WHEN p.limit_type <> 'none' THEN p.amount_limit ELSE r.amount_limit END AS amount,
                   CASE WHEN p.limit_type <> 'none' THEN p.limit_currency_id ELSE r.currency_id END AS currency_id,
                   g.limit_type AS group_kind, g.amount_limit AS group_amount, g.currency_id AS group_currency_id
              FROM %s p
              LEFT JOIN credit_rating r ON r.id = p.rating_id
              LEFT JOIN credit_group g ON g.id = p.group_id AND g.active
            """,
            files,
        )

    @api.model
    def _get_converted_sql(self, kind, amount, rate):
        """An amount in company currency: without a rate it is granted in that currency already."""
        return SQL(
            "CASE WHEN %(kind)s <> 'amount' OR %(kind)s IS NULL THEN 0 WHEN %(rate)s IS NULL THEN %(amount)s::numeric "
            "ELSE ROUND((%(amount)s * %(rate)s)::numeric, cur.decimal_places) END",
            kind=SQL(kind),
            amount=SQL(amount),
            rate=SQL(rate),
        )

    @api.model
    def _get_foreign_rate_sql(self, kind, currency, as_of):
        """The rate of a limit in foreign currency, or no row.

        OFFSET 0 keeps the look-up out of the expressions that use the amount: merged into them, it
        is planned, and may be run, once for each.
        """
        return SQL(
            "SELECT %(rate)s AS rate WHERE %(kind)s = 'amount' AND %(currency)s <> c.currency_id OFFSET 0",
            rate=self.env["credit.exposure"]._get_rate_sql(SQL(currency), as_of),
            kind=SQL(kind),
            currency=SQL(currency),
        )

    @api.model
    @left_out(
        "temporary_limits",
        "profile_id int, replacement numeric, increment numeric, cover numeric, is_temporary bool",
    )
    def _get_temporary_sql(self, scope):
        """Temporary limits that run today, and covers that raise the limit, per profile, in company currency, converted
        at today's rate as the limit itself is."""
        return SQL(
            """
            SELECT profile_id, MAX(amount) FILTER (WHERE kind = 'replacement') AS replacement,
                   SUM(amount) FILTER (WHERE kind = 'increment') AS increment,
                   SUM(amount) FILTER (WHERE kind = 'cover') AS cover, BOOL_OR(kind <> 'cover') AS is_temporary
              FROM (SELECT q.profile_id, q.kind, %(amount)s AS amount
                      FROM credit_limit_request q
                      JOIN res_company c ON c.id = q.company_id
                      JOIN res_currency cur ON cur.id = c.currency_id
                      LEFT JOIN LATERAL (%(rate)s) temporary ON TRUE
                     WHERE q.state = 'approved' AND q.kind IN ('increment', 'replacement')
                       AND q.date_from <= %(today)s AND q.date_to >= %(today)s
                     UNION ALL
                    %(covers)s) running
             GROUP BY profile_id
            """,
            covers=self._get_covers_sql(scope.as_of),
            amount=self._get_converted_sql("q.limit_type", "q.amount", "temporary.rate"),
            rate=self._get_foreign_rate_sql("q.limit_type", "q.currency_id", scope.as_of),
            today=scope.as_of,
        )

    @api.model
    def _get_covers_sql(self, as_of):
        """The covered share of each cover that is valid today and raises the limit, in company currency."""
        return SQL(
            """
            SELECT v.profile_id, 'cover', %(amount)s
              FROM credit_cover v
              JOIN res_company c ON c.id = v.company_id
              JOIN res_currency cur ON cur.id = c.currency_id
              LEFT JOIN LATERAL (%(rate)s) own ON TRUE
             WHERE v.active AND v.effect = 'limit' AND v.date_from <= %(today)s
               AND (v.date_to IS NULL OR v.date_to >= %(today)s)
            """,
            amount=self._get_converted_sql("'amount'", "(v.amount * v.percent_share / 100)", "own.rate"),
            rate=self._get_foreign_rate_sql("'amount'", "v.currency_id", as_of),
            today=as_of,
        )

    @api.model
    def _read_temporary(self, profile, as_of):
        """Return what stands in for the limit of a profile on a day, None for nothing, and what is added to it."""
        self.env.flush_all()
        query = SQL(
            "SELECT replacement::float, (COALESCE(increment, 0) + COALESCE(cover, 0))::float FROM (%s) t "
            "WHERE profile_id = %s",
            self._get_temporary_sql(Scope(as_of)),
            profile.id,
        )
        [(replacement, increment)] = self.env.execute_query(query) or [(None, 0.0)]
        return replacement, increment or 0.0


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_presence(self, scope):
        return {
            **super()._get_presence(scope),
            "temporary_limits": SQL(
                """
                EXISTS (SELECT FROM credit_limit_request q JOIN credit_profile p ON p.id = q.profile_id
                         WHERE q.state = 'approved' AND q.kind IN ('increment', 'replacement')
                           AND q.date_to >= %(today)s AND %(scope)s)
                OR EXISTS (SELECT FROM credit_cover v JOIN credit_profile p ON p.id = v.profile_id
                            WHERE v.active AND v.effect = 'limit' AND %(scope)s)
                """,
                scope=scope.restrict(SQL("p.partner_id")),
                today=scope.as_of,
            ),
        }
