"""Facts of dunning: what is late of each customer and what is known of it, read for all of them in two statements."""

from collections import namedtuple
from operator import itemgetter

from odoo import api, models
from odoo.tools import SQL, groupby

from ...engine.dunning import Customer, Item, decide
from ..exposure.shared import share
from ..notice.credit_notice import SAID

# customers for whom the same policy applies: what `credit.policy` looks at
Kind = namedtuple("Kind", "company_id policy_id group_id rating_id")
MODELS = ("credit.policy", "credit.group", "credit.rating")
# what a row has before the values of its `Item`: see `_get_items_sql`
OF_CUSTOMER = 9
# of some hundred customers each, that have promised something: more take longer than to read what everybody has paid
BATCHES = 10


class CreditDunning(models.AbstractModel):
    _name = "credit.dunning"
    _description = "Facts of dunning"

    @api.model
    def _decide(self, company, day, partner_ids=None, apart=SQL("FALSE"), plans=None):  # noqa: B008 - a constant
        """Return what is done about each customer of a company on a day.

        Runs with all rights: who is written to does not depend on who asks.

        :param company: the company that grants the credit
        :param day: the day; a later one says what would be done if nothing happened until then
        :param partner_ids: of these customers only; None: of all
        :param SQL apart: the condition on notice ``n`` that leaves it out, as if it were not: those that are decided on
        :param plans: what `_get_plans` returned, where many are decided one by one
        :rtype: list[Outcome]
        """
        found, plans = [], plans or self._get_plans(company, day)
        rows, held = self._read_rows(company, day, partner_ids, plans)
        tracks = self._read_tracks([row[OF_CUSTOMER] for row in rows], apart)
        contacts = self._read_contacts(company, day, partner_ids, apart, plans)
        plan_of = self._make_finder(company, day, plans)
        for partner_id, own in groupby(rows, itemgetter(0)):
            items = [(self._make_item(row, held, tracks), plan_of(row)) for row in own]
            items = [(item, plan) for item, plan in items if plan or item.amount < 0]
            found += decide(self._make_customer(own[0], contacts.get(partner_id, ())), items, day)
        return found

    @api.model
    def _make_item(self, row, held, tracks):
        item_id = row[OF_CUSTOMER]
        return Item(*row[OF_CUSTOMER:], *held.get(item_id, ()), **tracks.get(item_id, {}))

    @api.model
    def _make_customer(self, row, contacts):
        known = [contact for contact in contacts if contact[1]]
        return Customer(
            row[0], in_proceedings=row[6], is_blocked=row[7], date_blocked_to=row[8],
            date_answered_to=max((until for _currency, _last, _is, until in contacts if until), default=None),
            has_unknown=any(contact[2] for contact in contacts),
            contacts={currency_id: last for currency_id, last, *_rest in known},
        )

    # -- which plan --------------------------------------------------------------------------------

    @api.model
    def _get_plans(self, company, day):
        """Return ``{id: Plan}`` of the plans that a company may have, their amounts in its currency; what is not here
        sends nothing."""
        # whoever starts a run need not see plans
        plans = self.env["credit.dunning.plan"].sudo().with_context(active_test=True)
        plans = plans.search([("company_id", "in", (False, company.id))])
        return {plan.id: plan._to_engine(company, day) for plan in plans}

    @api.model
    def _make_finder(self, company, day, plans):
        """Return the function that says by which plan an item of a row is dunned, or None: that of the invoice, else of
        the customer, else of the policy that applies to it, else of the company."""
        found, Policy = {}, self.env["credit.policy"]

        def of_policy(key):
            ids = [self.env[model].browse(number or ()) for model, number in zip(MODELS, key, strict=True)]
            snapshot = Policy._get_snapshot_for(Kind(company, *ids), day)
            return snapshot and snapshot["dunning_plan_id"]

        def find(row):
            if row[1] or row[2]:
                return plans.get(row[1] or row[2])
            key = row[3:6]
            if key not in found:
                found[key] = plans.get(of_policy(key) or company.credit_dunning_plan_id.id)
            return found[key]

        return find

    # -- statements --------------------------------------------------------------------------------

    @api.model
    def _read_rows(self, company, day, partner_ids, plans):
        """Return the rows of `_get_rows_sql`, and ``{item id: (disputed, promised, until when)}``."""
        if not plans:
            return [], {}
        scope = self.env["credit.exposure"]._make_scope(day, partner_ids)
        ahead = max((plan.reminder.days for plan in plans.values() if plan.reminder), default=-1)
        rows = self.env.execute_query(self._get_rows_sql(scope, company, ahead, self._read_claims(scope)))
        held = {row[OF_CUSTOMER]: row[-3:] for row in rows if row[0] is None}
        return [row[:-3] for row in rows[len(held):]], held

    @api.model
    @share
    def _get_rows_sql(self, scope, company, ahead, claims):
        """Return SQL with a row for each item of a customer with something late, or due so soon that it is reminded.

        Columns: what is known of the customer (`OF_CUSTOMER` of them), and the first values of an `Item`. Before them
        what is disputed and promised of items, which are few: joined to items, of which PostgreSQL expects a dozen,
        they would be looked through for each of these.
        """
        return SQL(
            """
            SELECT i.partner_id, m.credit_dunning_plan_id, f.dunning_plan_id, f.policy_id, f.group_id, f.rating_id,
                   f.proceedings_kind IS NOT NULL AND COALESCE(f.date_proceedings_from, %(day)s) <= %(day)s
                   AND COALESCE(f.date_proceedings_to, %(day)s) >= %(day)s,
                   f.is_dunning_blocked IS TRUE AND COALESCE(f.date_dunning_blocked_to, %(day)s) >= %(day)s,
                   f.date_dunning_blocked_to,
                   i.item_id, i.date_due, (i.amount_currency * 10 ^ cur.decimal_places)::bigint,
                   (i.amount * 10 ^ own.decimal_places)::bigint, i.currency_id, i.move_id,
                   COALESCE(l.no_followup OR m.payment_state = 'blocked', FALSE), m.credit_date_sent,
                   NULL::bigint, NULL::bigint, NULL::date
              FROM (%(items)s) i
              JOIN res_currency cur ON cur.id = i.currency_id
              JOIN res_currency own ON own.id = %(currency)s
              LEFT JOIN credit_profile f ON f.partner_id = i.partner_id AND f.company_id = %(company)s
              LEFT JOIN account_move_line l ON l.id = i.item_id
              LEFT JOIN account_move m ON m.id = i.move_id
             UNION ALL
            SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, h.item_id, NULL, NULL, NULL, NULL, NULL, NULL,
                   NULL, COALESCE((SUM(h.disputed) * 10 ^ MAX(cur.decimal_places))::bigint, 0),
                   COALESCE((SUM(h.promised) * 10 ^ MAX(cur.decimal_places))::bigint, 0), MAX(h.date_promised)
              FROM (%(held)s) h
              JOIN account_move_line l ON l.id = h.item_id
              JOIN res_currency cur ON cur.id = l.currency_id
             GROUP BY h.item_id
             ORDER BY 1 NULLS FIRST
            """,
            day=scope.as_of,
            items=self._get_items_sql(scope, company, ahead),
            currency=company.currency_id.id,
            company=company.id,
            held=self._get_held_sql(scope, claims),
        )

    @api.model
    def _read_tracks(self, item_ids, apart):
        """Return how far items have come, as ``{item id: further values of an Item}``."""
        items = SQL("SELECT * FROM unnest(%s::int[]) item (row_id)", [number for number in item_ids if number])
        self.env["credit.notice.line"].flush_model()
        rows = self.env.execute_query(self.env["credit.notice.line"]._get_tracks_sql(items, apart))
        return {
            item_id: {"level": level, "date_last": last, "date_deadline": deadline, "times": times}
            for item_id, level, last, deadline, times, _level_sent in rows
        }

    @api.model
    def _get_items_sql(self, scope, company, ahead):
        """The items of the customers with something late, and what is to be taken off: credits, and money that is
        received and has no entry yet.

        Who is late is asked by a window, not by a condition: PostgreSQL would expect one such customer, and look for
        it once per item.
        """
        Exposure = self.env["credit.exposure"]
        return SQL(
            """
            SELECT partner_id, item_id, move_id, date_due, amount, amount_currency, currency_id FROM (
            SELECT all_of.*, bool_or(amount > 0) OVER (PARTITION BY partner_id) AS is_late FROM (
                   SELECT partner_id, row_id AS item_id, res_id AS move_id, date_due, amount, amount_currency,
                          currency_id
                     FROM (%(items)s) items
                    WHERE company_id = %(company)s AND (amount < 0 OR date_due < %(day)s + %(ahead)s)
                    UNION ALL
                   SELECT partner_id, 0, NULL, %(day)s, -SUM(amount), -SUM(amount), %(currency)s
                     FROM (%(others)s) others
                    WHERE company_id = %(company)s GROUP BY partner_id HAVING SUM(amount) > 0
                    UNION ALL
                   %(captured)s) all_of) known
             WHERE is_late
            """,
            items=Exposure._get_items_sql(scope),
            others=Exposure._get_other_credits_sql(scope),
            captured=self._get_captured_sql(scope, company),
            company=company.id,
            currency=company.currency_id.id,
            day=scope.as_of,
            ahead=max(ahead + 1, 0),
        )

    @api.model
    def _get_captured_sql(self, scope, company):
        """Online payments of invoices that are captured, and of which there is no payment yet: that takes a moment, or
        a night where a job is late. Who has paid is not written to."""
        return SQL(
            """
            SELECT p.commercial_partner_id, 0, NULL, %(day)s,
                   -ROUND((SUM(tx.amount) * %(rate)s)::numeric, own.decimal_places), -SUM(tx.amount), tx.currency_id
              FROM payment_transaction tx
              JOIN res_partner p ON p.id = tx.partner_id
              JOIN res_company c ON c.id = %(company)s
              JOIN res_currency own ON own.id = c.currency_id
             WHERE tx.state IN ('authorized', 'done') AND tx.payment_id IS NULL AND tx.company_id IN %(tree)s
               AND tx.id IN (SELECT transaction_id FROM account_invoice_transaction_rel) AND %(scope)s
             GROUP BY p.commercial_partner_id, tx.currency_id, c.id, own.id
            """,
            day=scope.as_of,
            rate=self.env["credit.exposure"]._get_rate_sql(SQL("tx.currency_id"), scope.as_of),
            company=company.id,
            tree=tuple(company._credit_get_tree().ids),
            scope=scope.restrict(SQL("p.commercial_partner_id")),
        )

    @api.model
    def _get_held_sql(self, scope, claims):
        """How much of each item is disputed, and how much promised until when, in its currency."""
        Exposure = self.env["credit.exposure"]
        return SQL(
            """
            SELECT item_id, amount_currency AS disputed, NULL AS promised, NULL::date AS date_promised
              FROM (%(disputes)s) d
             UNION ALL
            SELECT item_id, NULL, amount_currency, date_to FROM (%(promises)s) p
            """,
            disputes=Exposure._get_dispute_marks_sql(scope),
            promises=Exposure._get_oldest_items_sql(claims, scope),
        )

    @api.model
    def _read_claims(self, scope):
        """Return the open promises as SQL for `_get_oldest_items_sql`: as values, so that PostgreSQL knows how many
        there are. Only of customers whose promise may be open is read what they have paid since; of a few customers
        it need not be asked who that is."""
        if scope.contact_ids is not None:
            return self.env["credit.exposure"]._get_open_promises_sql(scope)
        promising = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT p.partner_id
                  FROM credit_promise pr
                  JOIN credit_profile p ON p.id = pr.profile_id
                  JOIN res_company c ON c.id = p.company_id
                 WHERE pr.is_withdrawn IS NOT TRUE AND pr.date_promised + c.credit_days_promise_grace >= %s AND %s
                """,
                scope.as_of, scope.restrict(SQL("p.partner_id")),
            )
        )
        found, Exposure = [], self.env["credit.exposure"]
        for partner_ids in Exposure._split_listed([partner_id for [partner_id] in promising], most=BATCHES):
            claims = Exposure._get_open_promises_sql(Exposure._make_scope(scope.as_of, partner_ids))
            found += self.env.execute_query(SQL("SELECT c.*, c.move_ids::text FROM (%s) c", claims))
        columns = list(zip(*found, strict=True)) or [()] * 8
        return SQL(
            "SELECT id, partner_id, company_id, date_from, date_to, amount, move_ids::int[] FROM unnest(%s::int[], "
            "%s::int[], %s::int[], %s::date[], %s::date[], %s::numeric[], %s::text[]) "
            "claim (id, partner_id, company_id, date_from, date_to, amount, move_ids)",
            *(list(columns[number]) for number in (0, 1, 2, 3, 4, 5, 7)),
        )

    @api.model
    def _read_contacts(self, company, day, partner_ids, apart, plans):
        """Return ``{partner id: [(currency, day of the last notice, whether one's fate is unknown, left in peace
        until)]}``, of the notices that still matter."""
        quiet = max((plan.days_quiet for plan in plans.values()), default=0)
        self.env["credit.notice"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT n.partner_id, n.currency_id, MAX(n.date), bool_or(n.state <> 'sent'), MAX(n.date_paused_to)
                  FROM credit_notice n
                 WHERE n.company_id = %(company)s AND n.state IN %(said)s AND n.is_test IS NOT TRUE
                   AND (%(apart)s) IS NOT TRUE AND %(scope)s
                   AND (n.date > %(day)s - %(quiet)s OR n.state <> 'sent' OR n.date_paused_to >= %(day)s)
                 GROUP BY n.partner_id, n.currency_id
                """,
                company=company.id, said=SAID, apart=apart, day=day, quiet=max(quiet, 1),
                scope=SQL("TRUE") if partner_ids is None else SQL("n.partner_id IN %s", tuple(partner_ids) or (0,)),
            )
        )
        found = {}
        for partner_id, *contact in rows:
            found.setdefault(partner_id, []).append(contact)
        return found
