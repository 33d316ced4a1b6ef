"""What is joined to open items only where somebody asks for it: tags of customers, analytic accounts of documents.

A customer has several tags, and a document several analytic accounts; every grouping adds up to the same total all the
same. Customers with the same tags stand in one group: nobody's amount is in two. What is open of a document is shared
out over the analytic accounts of its lines, to the cent; what they leave is without one.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .credit_aging_options import JOINED
from .credit_open_item import WITHOUT

PARTS_MOST = 4096  # of an item: rows of parts are numbered within their item's, and nobody shares out finer


class CreditOpenItem(models.Model):
    _inherit = "credit.open.item"

    tags = fields.Char(
        readonly=True,
        falsy_value_label=WITHOUT["tags"],
        help="The customer's tags. Customers with the same tags stand in one group: each amount stands once.",
    )
    analytic_account_id = fields.Many2one(
        "account.analytic.account",
        "Analytic Account",
        readonly=True,
        falsy_value_label=WITHOUT["analytic account"],
        help="What is open of a document is shared out as its lines are; what they leave is without an account.",
    )
    part = fields.Integer(readonly=True, aggregator=None, help="Number of the part, where items are shared out.")

    @api.model
    def _join_asked(self, names):
        """Return the model as it joins what some fields need, beside what it joins already."""
        asked, joined = set(JOINED).intersection(names), set(self.env.context.get("credit_aging_by") or ())
        return self if asked <= joined else self.with_context(credit_aging_by=sorted(asked | joined))

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Override of `base`: who filters by them asks for them."""
        domain = Domain(domain)
        asked = self._join_asked(condition.field_expr.split(".")[0] for condition in domain.iter_conditions())
        return super(CreditOpenItem, asked)._search(domain, *args, **kwargs)

    @api.model
    def _read_group(self, domain, groupby=(), *args, **kwargs):
        """Override of `base`: who groups by them asks for them."""
        return super(CreditOpenItem, self._join_asked(groupby))._read_group(domain, groupby, *args, **kwargs)

    @api.model
    def _list_asked_sql(self, options):
        tags = SQL("tag.names") if "tags" in options.joined else SQL("NULL::varchar")
        columns = SQL("%s AS tags, NULL::int AS analytic_account_id, 1 AS part", tags)
        return [*super()._list_asked_sql(options), (columns, self._get_tags_join_sql(options))]

    # -- tags --------------------------------------------------------------------------------------

    @api.model
    def _get_tags_join_sql(self, options):
        """Return the join of the tags of customer ``i.partner_id``; nothing where nobody asks."""
        if "tags" not in options.joined:
            return SQL()
        return SQL(
            """
            LEFT JOIN (SELECT rel.partner_id, STRING_AGG(%(name)s, ', ' ORDER BY %(name)s) AS names
                         FROM res_partner_res_partner_category_rel rel
                         JOIN res_partner_category t ON t.id = rel.category_id AND t.active
                        GROUP BY rel.partner_id) tag ON tag.partner_id = i.partner_id
            """,
            name=self.env["res.partner.category"]._field_to_sql("t", "name"),
        )

    # -- analytic accounts -------------------------------------------------------------------------

    @api.model
    def _share_rows_sql(self, rows, options):
        """Return SQL with a row for each part of an item: each column of amounts is cut where the shares end, and
        rounded there, so that the parts add up."""
        if not options.is_shared:
            return rows
        special = {"id", "analytic_account_id", "part"}
        kept = [field for name, field in self._fields.items() if field.store and name not in special]
        return SQL(
            """
            WITH credit_row AS MATERIALIZED (%(rows)s), %(parts)s
            SELECT r.id * %(most)s + COALESCE(part.number, 1) - 1 AS id, part.account_id AS analytic_account_id,
                   COALESCE(part.number, 1) AS part, %(columns)s
              FROM credit_row r
              JOIN res_currency own ON own.id = r.company_currency_id
              JOIN res_currency foreign_one ON foreign_one.id = r.currency_id
              JOIN res_currency shown ON shown.id = r.shown_currency_id
              LEFT JOIN credit_part part ON part.move_id = r.move_id
            """,
            rows=rows,
            parts=self._get_parts_sql(options),
            most=PARTS_MOST,
            columns=SQL(", ").join(self._get_cut_sql(field) for field in kept),
        )

    @api.model
    def _get_cut_sql(self, field):
        """SQL for a column of a part: of an amount what lies between the ends of its share."""
        column = SQL("r.%s", SQL.identifier(field.name))
        if field.type != "monetary":
            return SQL("%s AS %s", column, SQL.identifier(field.name))
        currency = {"company_currency_id": SQL("own"), "currency_id": SQL("foreign_one")}.get(
            field.get_currency_field(self), SQL("shown")
        )
        return SQL(
            "ROUND((%(column)s * COALESCE(part.ends, 1))::numeric, %(currency)s.decimal_places) - "
            "ROUND((%(column)s * COALESCE(part.begins, 0))::numeric, %(currency)s.decimal_places) AS %(name)s",
            column=column,
            currency=currency,
            name=SQL.identifier(field.name),
        )

    @api.model
    def _get_parts_sql(self, options):
        """Return the common tables of the shares of documents: `credit_part`, from where to where each reaches."""
        return SQL(
            """
            credit_line AS MATERIALIZED (
                SELECT l.move_id, l.balance, l.analytic_distribution
                  FROM account_move_line l
                 WHERE l.move_id IN (SELECT move_id FROM credit_row) AND l.display_type = 'product'
                   AND l.balance <> 0 AND l.account_id NOT IN %(accounts)s),
            credit_whole AS (
                SELECT move_id, SUM(balance) AS balance FROM credit_line GROUP BY move_id HAVING SUM(balance) <> 0),
            credit_weight AS (
                SELECT l.move_id, a.id AS account_id, SUM(l.balance * share.percent::numeric / 100) AS balance
                  FROM credit_line l
                 CROSS JOIN LATERAL jsonb_each_text(l.analytic_distribution) share (account_ids, percent)
                 CROSS JOIN LATERAL UNNEST(STRING_TO_ARRAY(share.account_ids, ',')) one (account_id)
                  JOIN account_analytic_account a ON a.id = one.account_id::int AND a.root_plan_id = %(plan)s
                 GROUP BY l.move_id, a.id HAVING SUM(l.balance * share.percent::numeric / 100) <> 0),
            credit_share AS (
                SELECT w.move_id, w.account_id, w.balance, whole.balance AS whole
                  FROM credit_weight w JOIN credit_whole whole ON whole.move_id = w.move_id
                 UNION ALL
                SELECT whole.move_id, NULL, whole.balance - SUM(w.balance), whole.balance
                  FROM credit_weight w JOIN credit_whole whole ON whole.move_id = w.move_id
                 GROUP BY whole.move_id, whole.balance HAVING whole.balance <> SUM(w.balance)),
            credit_part AS (
                SELECT move_id, account_id, ROW_NUMBER() OVER shares AS number,
                       (SUM(balance) OVER shares - balance) / whole AS begins, SUM(balance) OVER shares / whole AS ends
                  FROM credit_share
                WINDOW shares AS (PARTITION BY move_id ORDER BY account_id NULLS LAST))
            """,
            accounts=self.env["account.account"]._credit_get_accounts().ids,
            plan=options.plan_id or 0,
        )
