"""The figures of a profile: computed live, searchable, sortable and groupable in SQL.

No figure is stored. ``_field_to_sql`` joins the statement that computes it, so that domains,
orders, group-by and totals work on figures as on any column.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .component import BY_NAME

# figure → which joined statement (part) has it, and as which column
FIGURES = {
    "amount_exposure": ("exposure", "exposure"),
    "amount_overdue": ("overdue", "overdue_net"),
    "days_overdue_max": ("overdue", "days_overdue_max"),
}


def figure(name, label, help_text, field_class=fields.Monetary, **options):
    """Return the field of a figure that ``_get_figure_columns`` knows by this name."""
    return field_class(
        string=label,
        compute="_compute_figures",
        search=lambda records, operator, value: records._search_figure(name, operator, value),
        help=help_text,
        **options,
    )


def component_figure(component):
    """Return the field of a component of the exposure, to be named as its ``amount_field``."""
    return figure(component.amount_field, component.label._source, component.help._source)


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    amount_exposure = figure(
        "amount_exposure",
        "Exposure",
        "What the customer owes or will owe: all components that the company counts, in company currency.",
    )
    amount_not_due = component_figure(BY_NAME["not_due"])
    amount_overdue_gross = component_figure(BY_NAME["overdue"])
    amount_disputed = component_figure(BY_NAME["disputed"])
    amount_unallocated = component_figure(BY_NAME["unallocated"])
    amount_in_process = component_figure(BY_NAME["in_process"])
    amount_bills = component_figure(BY_NAME["bills"])
    amount_received = component_figure(BY_NAME["received"])
    amount_drafts = component_figure(BY_NAME["drafts"])
    amount_order_drafts = component_figure(BY_NAME["order_drafts"])
    amount_orders = component_figure(BY_NAME["orders"])
    amount_delivered = component_figure(BY_NAME["delivered"])
    amount_orders_later = component_figure(BY_NAME["orders_later"])
    component_amounts = fields.Json(
        "Components", compute="_compute_figures", help="The amount of each component of the exposure by its name."
    )
    amount_overdue = figure(
        "amount_overdue",
        "Overdue",
        "Past due after the customer's unallocated credits were netted against its oldest items, without "
        "disputed amounts. An installment due today is not overdue.",
    )
    days_overdue_max = figure(
        "days_overdue_max",
        "Days Overdue",
        "Days since the due date of the oldest item that is overdue after netting; 0 when nothing is.",
        fields.Integer,
        aggregator="max",
    )

    @api.depends_context("uid")
    def _compute_figures(self):
        figures = self._get_figures()
        # the amounts need the currency, whoever asks, and lists the name: one statement instead of two
        self.company_id.sudo().fetch(["name", "currency_id"])
        nothing, names = self._get_figures_of_nobody(), self._get_figure_names()
        for profile in self:
            found = figures.get(profile._origin.id, nothing)
            profile.update({name: found[name] for name in names})
            profile.component_amounts = {
                column: found[name] for name, column in self._get_exposure_fields().items() if column != "exposure"
            }

    @api.model
    def _get_exposure_fields(self):
        """Return ``{figure: column}`` of the totals: the exposure and its components."""
        components = self.env["credit.exposure"]._get_components()
        return {"amount_exposure": "exposure", **{item.amount_field: item.name for item in components}}

    @api.model
    def _get_figure_columns(self):
        """Return ``{figure: (part, column)}``: the joined statement that has a figure, and its column there.

        Hook: an add-on with figures of its own adds them here, and their part in ``_get_part_sql``.
        """
        return {**FIGURES, **{name: ("exposure", column) for name, column in self._get_exposure_fields().items()}}

    @api.model
    def _get_figure_names(self):
        """Return the figures that are fields: a component may do without one."""
        return [name for name in self._get_figure_columns() if name in self._fields]

    @api.model
    def _get_figures_of_nobody(self):
        """Return the figures of a profile that was not saved yet."""
        return dict.fromkeys(self._get_figure_columns(), 0)

    def _get_figures(self):
        """Return the figures of these profiles by id, in one statement for any number of them.

        Figures do not depend on who asks, nor on the ticked companies: access is decided on the
        profile. Everything pending is flushed, so they are true inside the transaction too.

        :rtype: dict[int, dict[str, float]]
        """
        if not self._origin.ids:
            return {}
        names = list(self._get_figure_columns())
        profiles = self._origin.sudo()  # the figures are everybody's
        scopes = self.env["credit.exposure"]._make_scopes_of_today(profiles.partner_id.ids)
        query = profiles._as_query(ordered=False)
        table = self._table
        columns = [self._figure_to_sql(table, name, query, scopes) for name in names]
        self.env.flush_all()
        rows = self.env.execute_query(query.select(SQL.identifier(table, "id"), *columns))
        return {row[0]: self._to_python(dict(zip(names, row[1:], strict=True))) for row in rows}

    @api.model
    def _to_python(self, row):
        return {name: value if isinstance(value, str) else float(value or 0) for name, value in row.items()}

    # -- figures as columns --------------------------------------------------------------------

    @api.model
    def _search_figure(self, name, operator, value):
        field = self._fields[name]
        return Domain.custom(
            to_sql=lambda model, alias, query: field.condition_to_sql(name, operator, value, model, alias, query)
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr not in self._get_figure_columns():
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        if query is None:
            raise ValueError(f"The figure {field_expr} of a credit profile needs a query to join to")
        self.env.flush_all()  # the statement reads many models
        return self._figure_to_sql(alias, field_expr, query)

    @api.model
    def _figure_to_sql(self, alias, name, query, scopes=None):
        """Return SQL for a figure of the profiles in ``alias``, joining to ``query`` what it needs.

        Hook: for a figure that is worked out from others.
        """
        return SQL("COALESCE(%s, 0)", self._column_to_sql(alias, name, query, scopes))

    @api.model
    def _column_to_sql(self, alias, name, query, scopes):
        part, column = self._get_figure_columns()[name]
        return SQL.identifier(self._join_part(alias, part, query, scopes), column)

    @api.model
    def _join_part(self, alias, part, query, scopes):
        joined = query.make_alias(alias, f"credit_{part}")
        if joined not in query._joins:
            condition = self._get_part_condition(alias, part, joined)
            query.add_join("LEFT JOIN", joined, SQL("(%s)", self._get_part_sql(part, scopes)), condition)
        return joined

    @api.model
    def _get_part_condition(self, alias, part, joined):
        """Return how a part is joined to the profiles in ``alias``.

        Hook: for a part that has a row per profile.
        """
        return SQL(
            "%s = %s AND %s = %s",
            SQL.identifier(joined, "partner_id"),
            SQL.identifier(alias, "partner_id"),
            SQL.identifier(joined, "company_id"),
            SQL.identifier(alias, "company_id"),
        )

    @api.model
    def _get_part_sql(self, part, scopes=None):
        """Return the statement that a part joins.

        Hook: an add-on with figures of its own adds its part here.
        """
        Exposure = self.env["credit.exposure"]
        build = Exposure._get_overdue_sql if part == "overdue" else Exposure._get_totals_sql
        return Exposure._get_of_today_sql(scopes or Exposure._make_scopes_of_today(), build)
