"""Facts: which promises to pay were kept, and what is missing of the others.

Nothing is stored: a promise is judged by the payments of the customer since it was given, so that a
payment, or a payment that bounces, changes it in the same moment.
"""

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..exposure.credit_mark import Mark
from ..reading.scope import left_out

_lt = LazyTranslate(__name__)

PROMISE = Mark(
    "promise",
    _lt("Promised"),
    "credit.promise",
    lambda exposure, scope: exposure._get_promise_marks_sql(scope),
    claims=lambda exposure, scope: exposure._get_promise_claims_sql(scope),
    is_plan=True,
)


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_marks(self):
        return (*super()._get_marks(), PROMISE)

    @api.model
    def _get_presence(self, scope):
        return {
            **super()._get_presence(scope),
            "promises": SQL(
                """
                EXISTS (SELECT FROM credit_promise pr JOIN credit_profile p ON p.id = pr.profile_id
                         WHERE pr.is_withdrawn IS NOT TRUE AND %s)
                """,
                scope.restrict(SQL("p.partner_id")),
            ),
        }

    @api.model
    def _get_promise_marks_sql(self, scope):
        """The open items of the invoices that an open promise names, else the customer's oldest, up to
        what is missing of it."""
        return self._get_oldest_items_sql(self._get_open_promises_sql(scope), scope)

    @api.model
    def _get_open_promises_sql(self, scope):
        """The open promises, as `_get_oldest_items_sql` wants claims: each with what is missing of it."""
        return SQL(
            """
            SELECT pr.id, p.partner_id, p.company_id, pr.date_noted AS date_from, pr.date_promised AS date_to,
                   pr.missing * pr.amount_company / NULLIF(pr.amount, 0) AS amount, named.move_ids
              FROM (%(promises)s) pr
              JOIN credit_profile p ON p.id = pr.profile_id
             CROSS JOIN LATERAL (SELECT ARRAY_AGG(rel.account_move_id) AS move_ids
                                   FROM account_move_credit_promise_rel rel WHERE rel.credit_promise_id = pr.id) named
             WHERE pr.state = 'open'
            """,
            promises=self._get_promises_sql(scope),
        )

    @api.model
    @left_out("promises", "profile_id int, promises_broken jsonb")
    def _get_broken_promises_sql(self, scope):
        """Return SQL with ``profile_id`` and ``promises_broken``: a list of [days since the promised day,
        what is missing in company currency]."""
        return SQL(
            """
            SELECT profile_id, jsonb_agg(jsonb_build_array(%(today)s - date_promised,
                               missing * amount_company / NULLIF(amount, 0)) ORDER BY date_promised, id)
                   AS promises_broken
              FROM (%(promises)s) promises WHERE state = 'broken' GROUP BY profile_id
            """,
            today=scope.as_of,
            promises=self._get_promises_sql(scope),
        )

    @api.model
    def _get_promises_sql(self, scope):
        """Return SQL with one row per promise, its ``state`` and what is ``missing`` in its currency.

        Money counts once. Of promises that run side by side in one currency the one that is due first
        is served first: what is missing of a promise is the most that was promised, and not paid,
        since the day one of them was given. A promise that was past its day when the next one was
        given does not take the money of that one.
        """
        is_ahead = "{0}.date_promised >= p.date_noted AND ({0}.date_promised, {0}.id) <= (p.date_promised, p.id)"
        return SQL(
            """
            WITH promised AS MATERIALIZED (%(promised)s),
                 received AS MATERIALIZED (%(received)s),
                 running AS MATERIALIZED (%(running)s)
            SELECT p.id, p.profile_id, p.date_noted, p.date_promised, p.amount, p.amount_company,
                   COALESCE(m.missing, 0) AS missing,
                   CASE WHEN p.is_withdrawn THEN 'withdrawn'
                        WHEN p.is_over OR m.missing <= 0 THEN 'kept'
                        WHEN p.date_promised + p.days_grace < %(today)s THEN 'broken'
                        ELSE 'open' END AS state
              FROM promised p
              LEFT JOIN (
                   SELECT due.id, ROUND(LEAST(due.promised, GREATEST(MAX(due.amount - due.paid), 0)),
                                        due.decimal_places) AS missing
                     FROM (SELECT p.id, p.amount AS promised, p.decimal_places, j.paid, SUM(k.amount) AS amount
                             FROM promised p
                             JOIN running j ON j.profile_id = p.profile_id AND j.currency_id = p.currency_id
                              AND %(is_ahead)s
                             JOIN running k ON k.profile_id = p.profile_id AND k.currency_id = p.currency_id
                              AND k.date_noted >= j.date_noted AND %(is_due)s
                            WHERE NOT p.is_over
                            GROUP BY p.id, p.amount, p.decimal_places, j.id, j.paid) due
                    GROUP BY due.id, due.promised, due.decimal_places) m ON m.id = p.id
            """,
            promised=self._get_promised_sql(scope),
            received=self._get_received_sql(scope),
            running=self._get_running_promises_sql(),
            is_ahead=SQL(is_ahead.format("j")),
            is_due=SQL(is_ahead.format("k")),
            today=scope.as_of,
        )

    @api.model
    def _get_promised_sql(self, scope):
        """The promises as they were given; ``is_over``: withdrawn, or all their invoices are settled."""
        return SQL(
            """
            SELECT pr.id, pr.profile_id, p.partner_id, p.company_id, pr.currency_id, pr.amount, pr.amount_company,
                   pr.date_noted, pr.date_promised, c.credit_days_promise_grace AS days_grace, cur.decimal_places,
                   %(withdrawn)s AS is_withdrawn,
                   %(withdrawn)s OR COALESCE((
                       SELECT bool_and(m.state = 'cancel' OR (m.state = 'posted' AND %(is_settled)s
                                       AND m.id NOT IN (SELECT res_id FROM (%(items)s) items)))
                         FROM account_move_credit_promise_rel rel JOIN account_move m ON m.id = rel.account_move_id
                        WHERE rel.credit_promise_id = pr.id), FALSE) AS is_over
              FROM credit_promise pr
              JOIN credit_profile p ON p.id = pr.profile_id
              JOIN res_company c ON c.id = p.company_id
              JOIN res_currency cur ON cur.id = pr.currency_id
             WHERE %(scope)s AND %(given)s
            """,
            # what was withdrawn later held on the day, and what residuals say now is not what they said then
            withdrawn=SQL("(pr.is_withdrawn IS TRUE AND %s)", scope.restrict_day(SQL(
                "COALESCE(pr.date_withdrawn, pr.date_noted)"))),
            is_settled=SQL("m.amount_residual = 0") if scope.until is None else SQL("TRUE"),
            given=scope.restrict_day(SQL("pr.date_noted")),
            items=self._get_items_sql(scope),
            scope=scope.restrict(SQL("p.partner_id")),
        )

    @api.model
    def _get_running_promises_sql(self):
        """The promises that wait for money, each with what was ``paid`` since its day, in its currency."""
        return SQL(
            """
            SELECT p.id, p.profile_id, p.currency_id, p.amount, p.date_noted, p.date_promised,
                   COALESCE(SUM(CASE WHEN r.currency_id = p.currency_id THEN r.amount_currency
                                     ELSE r.amount * p.amount / NULLIF(p.amount_company, 0) END), 0) AS paid
              FROM promised p
              LEFT JOIN received r ON r.profile_id = p.profile_id AND r.date >= p.date_noted
             WHERE NOT p.is_over
             GROUP BY p.id, p.profile_id, p.currency_id, p.amount, p.date_noted, p.date_promised
            """
        )

    @api.model
    def _get_received_sql(self, scope):
        """What these customers paid, less what they were paid back, since their first promise."""
        contacts = SQL(
            """
            (SELECT p.profile_id, p.company_id, c.id, MIN(p.date_noted) AS since
               FROM promised p JOIN res_partner c ON c.commercial_partner_id = p.partner_id
              WHERE NOT p.is_over
              GROUP BY p.profile_id, p.company_id, c.id) contact
            """
        )
        company = self.env["res.company"]._credit_company_sql(SQL("x.company_id"))
        day = scope.restrict_day(SQL("x.date"))
        condition = SQL("%s = contact.company_id AND x.date >= contact.since AND %s", company, day)
        return SQL(
            """
            SELECT profile_id, date, currency_id, SUM(amount) AS amount, SUM(amount_currency) AS amount_currency
              FROM (%s) money GROUP BY profile_id, date, currency_id
            """,
            self._get_money_sql(scope, contacts, SQL("contact.profile_id"), condition),
        )
