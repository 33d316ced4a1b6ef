"""The figures of a profile: computed live, searchable, sortable and groupable in SQL.

No figure is stored. ``_field_to_sql`` joins the statement that computes it, so that domains,
orders, group-by and totals work on figures as on any column.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# which joined statement (part) and which expression over its alias give a figure
EXPOSURE = {
    "amount_exposure": "exposure",
    "amount_not_due": "not_due",
    "amount_overdue_gross": "overdue",
    "amount_disputed": "disputed",
    "amount_unallocated": "unallocated",
    "amount_in_process": "in_process",
    "amount_bills": "bills",
    "amount_received": "received",
    "amount_drafts": "drafts",
    "amount_order_drafts": "order_drafts",
    "amount_orders": "orders",
    "amount_delivered": "delivered",
    "amount_orders_later": "orders_later",
}
OVERDUE = {"amount_overdue": "overdue_net", "days_overdue_max": "days_overdue_max"}
LIMITS = {"amount_limit_effective": "effective_amount", "limit_state": "effective_kind"}
USED = {
    "amount_available": "CASE WHEN {kind} = 'amount' THEN {limit} - {used} ELSE 0 END",
    "amount_over_limit": "CASE WHEN {kind} = 'amount' THEN GREATEST({used} - {limit}, 0) ELSE 0 END",
    "percent_utilisation": "CASE WHEN {kind} <> 'amount' OR {used} <= 0 THEN 0 "
    "WHEN {limit} = 0 THEN 999 ELSE 100.0 * {used} / {limit} END",
}


def _figure(name, label, help_text, field_class=fields.Monetary, **options):
    return field_class(
        string=label,
        compute="_compute_figures",
        search=lambda records, operator, value: records._search_figure(name, operator, value),
        help=help_text,
        **options,
    )


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    amount_exposure = _figure(
        "amount_exposure",
        "Exposure",
        "What the customer owes or will owe: all components that the company counts, in company currency.",
    )
    amount_not_due = _figure("amount_not_due", "Not Due", "Open invoice instalments whose due date is today or later.")
    amount_overdue_gross = _figure(
        "amount_overdue_gross",
        "Past Due",
        "Open instalments past their due date, before the customer's unallocated credits.",
    )
    amount_disputed = _figure(
        "amount_disputed", "Disputed", "Open amounts under dispute. They do not count as overdue."
    )
    amount_unallocated = _figure(
        "amount_unallocated",
        "Unallocated Credits",
        "Payments and credit notes not matched to an invoice yet (negative).",
    )
    amount_in_process = _figure(
        "amount_in_process",
        "Payments in Process",
        "Registered payments that the bank has not confirmed yet.",
    )
    amount_bills = _figure(
        "amount_bills",
        "Bills Receivable",
        "Payments by a method whose risk ends only some days after the payment.",
    )
    amount_received = _figure(
        "amount_received",
        "Captured Payments",
        "Online payments and deposits received that have no entry yet (negative).",
    )
    amount_drafts = _figure(
        "amount_drafts", "Draft Invoices", "Draft invoices that do not come from a confirmed order."
    )
    amount_order_drafts = _figure(
        "amount_order_drafts", "Draft Invoices of Orders", "Draft invoices of confirmed orders."
    )
    amount_orders = _figure(
        "amount_orders",
        "Open Orders",
        "Confirmed orders, tax included, neither delivered nor invoiced.",
    )
    amount_delivered = _figure(
        "amount_delivered",
        "Delivered, Not Invoiced",
        "Goods and services delivered and not invoiced, tax included.",
    )
    amount_orders_later = _figure(
        "amount_orders_later",
        "Orders Beyond the Horizon",
        "Orders to be delivered after the credit horizon of the company. They do not count yet.",
    )
    amount_overdue = _figure(
        "amount_overdue",
        "Overdue",
        "Past due after the customer's unallocated credits were netted against its oldest items, without "
        "disputed amounts. An instalment due today is not overdue.",
    )
    days_overdue_max = _figure(
        "days_overdue_max",
        "Days Overdue",
        "Days since the due date of the oldest item that is overdue after netting; 0 when nothing is.",
        fields.Integer,
        aggregator="max",
    )
    limit_state = _figure(
        "limit_state",
        "Effective Limit Type",
        "The limit that applies today: own, else the rating's, changed by temporary limits, "
        "never above the limit of the credit group.",
        fields.Selection,
        selection=[("none", "No limit set up"), ("unlimited", "Unlimited"), ("amount", "Amount")],
    )
    amount_limit_effective = _figure(
        "amount_limit_effective",
        "Effective Limit",
        "The limit that applies today in company currency: own or inherited, with temporary limits, "
        "never above the limit of the credit group. 0 with 'Amount' means cash only.",
    )
    amount_available = _figure(
        "amount_available",
        "Available",
        "Effective limit less exposure. Negative when the limit is exceeded; 0 without a limit.",
    )
    amount_over_limit = _figure(
        "amount_over_limit", "Over Limit", "By how much the exposure is above the effective limit."
    )
    percent_utilisation = _figure(
        "percent_utilisation",
        "Utilisation (%)",
        "Exposure as a percentage of the effective limit; 0 without a limit. "
        "A cash-only customer with exposure shows 999.",
        fields.Float,
        digits=(16, 1),
        aggregator="avg",
    )

    @api.depends_context("uid")
    def _compute_figures(self):
        figures = self._get_figures()
        # the amounts need the currency, whoever asks, and lists the name: one statement instead of two
        self.company_id.sudo().fetch(["name", "currency_id"])
        empty = dict.fromkeys(self._get_figure_names(), 0) | {"limit_state": "none"}
        for profile in self:
            profile.update(figures.get(profile._origin.id, empty))

    @api.model
    def _get_exposure_fields(self):
        """Return ``{field: component}``: which figure shows which component of the exposure.

        Hook: a bridge that adds a component adds its figure here.
        """
        return dict(EXPOSURE)

    @api.model
    def _get_figure_parts(self):
        """Return ``{field: part}``: which joined statement a figure needs."""
        parts = {"exposure": self._get_exposure_fields(), "overdue": OVERDUE, "limits": LIMITS, "used": USED}
        return {name: part for part, names in parts.items() for name in names}

    @api.model
    def _get_figure_names(self):
        return list(self._get_figure_parts())

    def _get_figures(self):
        """Return the figures of these profiles by id, in one statement for any number of them.

        Figures do not depend on who asks, nor on the ticked companies: access is decided on the
        profile. Everything pending is flushed, so they are true inside the transaction too.

        :rtype: dict[int, dict[str, float]]
        """
        if not self._origin.ids:
            return {}
        names = self._get_figure_names()
        scope = self._make_figure_scope(self._origin.sudo().partner_id.ids)  # the figures are everybody's
        query = self._origin.sudo()._as_query(ordered=False)
        table = self._table
        columns = [self._figure_to_sql(table, name, query, scope) for name in names]
        self.env.flush_all()
        rows = self.env.execute_query(query.select(SQL.identifier(table, "id"), *columns))
        return {row[0]: self._to_python(dict(zip(names, row[1:], strict=True))) for row in rows}

    @api.model
    def _to_python(self, row):
        return {name: value if isinstance(value, str) else float(value or 0) for name, value in row.items()}

    @api.model
    def _make_figure_scope(self, partner_ids=None):
        return self.env["credit.exposure"]._make_scope(partner_ids)

    # -- figures as columns --------------------------------------------------------------------

    @api.model
    def _search_figure(self, name, operator, value):
        field = self._fields[name]
        return Domain.custom(
            to_sql=lambda model, alias, query: field.condition_to_sql(name, operator, value, model, alias, query)
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr not in self._get_figure_parts():
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        if query is None:
            raise ValueError(f"The figure {field_expr} of a credit profile needs a query to join to")
        self.env.flush_all()  # the statement reads many models
        return self._figure_to_sql(alias, field_expr, query)

    @api.model
    def _figure_to_sql(self, alias, name, query, scope=None):
        """Return SQL for a figure of the profiles in ``alias``, joining to ``query`` what it needs."""
        part = self._get_figure_parts()[name]
        if part == "used":
            return self._used_to_sql(alias, name, query, scope)
        joined = self._join_part(alias, part, query, scope)
        column = {**self._get_exposure_fields(), **OVERDUE, **LIMITS}.get(name, name)
        return SQL("COALESCE(%s, %s)", SQL.identifier(joined, column), "none" if name == "limit_state" else 0)

    @api.model
    def _used_to_sql(self, alias, name, query, scope):
        expression = USED[name].format(kind="%(kind)s", limit="%(limit)s", used="%(used)s")
        return SQL(
            "(" + expression + ")",
            kind=self._figure_to_sql(alias, "limit_state", query, scope),
            limit=self._figure_to_sql(alias, "amount_limit_effective", query, scope),
            used=self._figure_to_sql(alias, "amount_exposure", query, scope),
        )

    @api.model
    def _join_part(self, alias, part, query, scope):
        joined = query.make_alias(alias, f"credit_{part}")
        if joined not in query._joins:
            condition = self._get_part_condition(alias, part, joined)
            query.add_join("LEFT JOIN", joined, SQL("(%s)", self._get_part_sql(part, scope)), condition)
        return joined

    @api.model
    def _get_part_condition(self, alias, part, joined):
        if part == "limits":
            return SQL("%s = %s", SQL.identifier(joined, "profile_id"), SQL.identifier(alias, "id"))
        return SQL(
            "%s = %s AND %s = %s",
            SQL.identifier(joined, "partner_id"),
            SQL.identifier(alias, "partner_id"),
            SQL.identifier(joined, "company_id"),
            SQL.identifier(alias, "company_id"),
        )

    @api.model
    def _get_part_sql(self, part, scope=None):
        """Return the statement that a part joins.

        Hook: an add-on with figures of its own adds its part here and in ``_get_figure_parts``.
        """
        scope = scope or self._make_figure_scope()
        if part == "limits":
            return self.env["credit.limit.source"]._get_limits_sql(scope.as_of)
        if part == "overdue":
            return self.env["credit.exposure"]._get_overdue_sql(scope)
        return self.env["credit.exposure"]._get_totals_sql(scope)
