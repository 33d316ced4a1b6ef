"""The exposure sheet: every document behind a customer's exposure; its lines add up to the figure."""

from odoo import api, fields, models
from odoo.tools import SQL

from .credit_exposure import ROW_COLUMNS

# The id of a line is made of its row, source and component: (row · MAX_SOURCES + source) · MAX_COMPONENTS + component.
# With 9 bits for the two, a row may have any id up to 2^44 before a browser's numbers (2^53) cannot tell lines apart.
MAX_SOURCES = 16
MAX_COMPONENTS = 32


class CreditExposureLine(models.Model):
    _name = "credit.exposure.line"
    _description = "Credit Exposure Sheet"
    _auto = False
    _order = "component, date_due, id"
    _rec_name = "document_name"

    profile_id = fields.Many2one("credit.profile", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    component = fields.Selection(
        "_get_component_labels", readonly=True, help="The part of the exposure that the document belongs to."
    )
    is_counted = fields.Boolean(
        "Counts", readonly=True, help="Off: the company does not count this component in the exposure."
    )
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document ID", model_field="res_model", readonly=True)
    document_name = fields.Char("Document", compute="_compute_document_name")
    date_due = fields.Date("Due", readonly=True, help="Due date of an installment; delivery date of an order.")
    days_late = fields.Integer(
        readonly=True, aggregator="max", help="Days since the due date; empty for what is not an open invoice."
    )
    amount = fields.Monetary(
        readonly=True,
        currency_field="company_currency_id",
        help="In company currency. Counted lines add up to the exposure.",
    )
    amount_currency = fields.Monetary(
        "In Document Currency", readonly=True, currency_field="currency_id", help="In the currency of the document."
    )
    amount_counted = fields.Monetary(
        "Counted",
        readonly=True,
        currency_field="company_currency_id",
        help="What the line adds to the exposure: 0 when the company does not count the component.",
    )
    currency_id = fields.Many2one("res.currency", "Document Currency", readonly=True)
    marks = fields.Char(
        compute="_compute_marks",
        help="What is known of the open item: whether a part of it is disputed, was promised, or is covered.",
    )

    @property
    def _table_query(self):
        """Return the documents; only those of one customer when the action names it (that is faster)."""
        self.env.flush_all()
        profile_id = self.env.context.get("credit_profile_id")
        # the partner only narrows what is read: access is decided by the rules of this model
        partners = self.env["credit.profile"].sudo().browse(profile_id).partner_id.ids if profile_id else None
        scopes = self.env["credit.exposure"]._make_scopes_of_today(partners)
        due = tuple(component.name for component in self.env["credit.exposure"]._get_components() if component.is_due)
        return SQL(
            """
            SELECT r.id, p.id AS profile_id, r.company_id, r.component, r.res_model, r.res_id, r.date_due,
                   CASE WHEN r.component IN %(due)s THEN %(today)s - r.date_due END AS days_late,
                   r.amount, r.amount_currency, r.currency_id,
                   (%(is_counted)s) AS is_counted, CASE WHEN %(is_counted)s THEN r.amount ELSE 0 END AS amount_counted
              FROM (%(rows)s) r
              JOIN credit_profile p ON p.partner_id = r.partner_id AND p.company_id = r.company_id
              JOIN res_company c ON c.id = r.company_id
            """,
            today=self.env["credit.exposure"]._get_today_sql(SQL("r.company_id")),
            due=due,
            is_counted=self._get_is_counted_sql(),
            rows=self.env["credit.exposure"]._get_of_today_sql(scopes, self._get_rows_sql),
        )

    @api.model
    def _get_component_labels(self):
        """Return the choices of `component`, as the table of components has them."""
        return [
            (component.name, self.env._(component.label_row or component.label))
            for component in self.env["credit.exposure"]._get_components()
        ]

    @api.model
    def _get_is_counted_sql(self):
        """Return SQL that tells whether the company of a row counts its component."""
        cases = [
            SQL("WHEN %s THEN %s", component.name, component.is_counted_sql("c"))
            for component in self.env["credit.exposure"]._get_components()
        ]
        return SQL("CASE r.component %s ELSE FALSE END", SQL(" ").join(cases))

    @api.model
    def _get_rows_sql(self, scope):
        """Return the rows of all sources with an id made of row, source and component.

        :raise ValueError: when there are more sources or components than an id can tell apart
        """
        names = self.env["credit.exposure"]._get_component_names()
        sources = self.env["credit.exposure"]._get_sources(scope)
        if len(names) > MAX_COMPONENTS or len(sources) > MAX_SOURCES:
            raise ValueError(f"The ids of the exposure sheet have no room for {len(sources)} sources of {len(names)}")
        number = SQL(" ").join(SQL("WHEN %s THEN %s", name, position) for position, name in enumerate(names))
        return SQL(" UNION ALL ").join(
            SQL(
                "SELECT (s.row_id::bigint * %s + %s) * %s + CASE s.component %s END AS id, %s FROM (%s) s",
                MAX_SOURCES,
                position,
                MAX_COMPONENTS,
                number,
                SQL(", ").join(SQL.identifier("s", column) for column in ROW_COLUMNS),
                source,
            )
            for position, source in enumerate(sources.values())
        )

    def _get_row_id(self):
        """Return the id of the row that the line shows: of a journal item, where it is an open item."""
        self.ensure_one()
        return self.id // (MAX_SOURCES * MAX_COMPONENTS)

    def _compute_marks(self):
        Exposure = self.env["credit.exposure"]
        items = {component.name for component in Exposure._get_components() if component.is_item}
        lines = self.filtered(lambda line: line.component in items)
        # the partners only narrow what is read; who may know of a mark is asked there
        partners = lines.profile_id.sudo().partner_id.ids
        marks = Exposure._read_marks(Exposure._make_scopes_of_today(partners)) if lines else {}
        self.marks = False
        for line in lines:
            found = marks.get(line._get_row_id(), ())
            line.marks = ", ".join(self.env._(mark.label) for mark in found) or False

    @api.depends("res_model", "res_id")
    def _compute_document_name(self):
        for model, lines in self.grouped("res_model").items():
            documents = self.env[model].browse(lines.mapped("res_id"))._filtered_access("read")
            names = {document.id: document.display_name for document in documents}
            for line in lines:
                line.document_name = names.get(line.res_id) or self.env._("(no access)")

    def action_open_document(self):
        """Open the document of the line."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def action_open_exposure(self):
        """Open the exposure sheet of the customer, or show only totals to who may not see documents."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Exposure of %(customer)s", customer=self.partner_id.display_name),
            "res_model": "credit.exposure.line",
            "views": [(False, "list"), (False, "pivot")],
            "domain": [("profile_id", "=", self.id)],
            "context": {"credit_profile_id": self.id, "group_by": ["component"]},
        }
