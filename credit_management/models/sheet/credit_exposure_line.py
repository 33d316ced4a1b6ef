"""The exposure sheet: every document behind a customer's exposure; its lines add up to the figure."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..exposure.credit_exposure import ROW_COLUMNS

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
    date_due = fields.Date(
        "Date",
        readonly=True,
        help="Due date of an installment; day of the delivery, or of the order; day on which a credit was booked.",
    )
    date_kind = fields.Selection(
        [("due", "Payment due"), ("delivery", "Delivery"), ("order", "Ordered"), ("booked", "Booked")],
        "Date Of",
        readonly=True,
        help="What happens on that day. An order without a delivery date has the day on which it was ordered.",
    )
    days_late = fields.Integer(
        "Days Overdue",
        readonly=True,
        aggregator="max",
        help="Days since the due date of an open invoice; empty when it is not late.",
    )
    amount = fields.Monetary(
        readonly=True,
        aggregator=None,  # what does not count would be added to what does
        currency_field="company_currency_id",
        help="In company currency. Counted lines add up to the exposure.",
    )
    amount_currency = fields.Monetary(
        "In Its Currency",
        readonly=True,
        aggregator=None,  # currencies do not add up
        currency_field="currency_id",
        help="In the currency of the document.",
    )
    amount_counted = fields.Monetary(
        "Counted",
        readonly=True,
        currency_field="company_currency_id",
        help="What the line adds to the exposure: 0 when the company does not count the component.",
    )
    amount_overdue = fields.Monetary(
        "Overdue",
        readonly=True,
        currency_field="company_currency_id",
        help="What is past due of the line, less the customer's unallocated credits, the oldest items first.",
    )
    currency_id = fields.Many2one("res.currency", "Document Currency", readonly=True)
    marks = fields.Char(
        "Flags",
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
        Exposure = self.env["credit.exposure"]
        scopes = Exposure._make_scopes_of_today(partners)
        due = tuple(component.name for component in Exposure._get_components() if component.is_due)
        return SQL(
            """
            SELECT r.id, p.id AS profile_id, r.company_id, r.component, r.res_model, r.res_id, r.date_due,
                   %(date_kind)s AS date_kind,
                   CASE WHEN r.component IN %(due)s AND r.date_due < %(today)s
                        THEN %(today)s - r.date_due END AS days_late,
                   r.amount, %(amount_currency)s AS amount_currency, r.currency_id,
                   (%(is_counted)s) AS is_counted, CASE WHEN %(is_counted)s THEN r.amount ELSE 0 END AS amount_counted,
                   %(overdue)s AS amount_overdue
              FROM (%(rows)s) r
              JOIN credit_profile p ON p.partner_id = r.partner_id AND p.company_id = r.company_id
              JOIN res_company c ON c.id = r.company_id
              LEFT JOIN sale_order so ON so.id = r.res_id AND r.res_model = 'sale.order'
              LEFT JOIN account_move draft ON draft.id = r.res_id AND r.res_model = 'account.move'
                                          AND draft.state = 'draft'
              LEFT JOIN (%(credits)s) netted ON netted.partner_id = r.partner_id AND netted.company_id = r.company_id
            WINDOW oldest AS (PARTITION BY r.company_id, r.partner_id, r.component
                              ORDER BY r.date_due, r.row_id, r.amount DESC, r.id ROWS UNBOUNDED PRECEDING)
            """,
            today=Exposure._get_today_sql(SQL("r.company_id")),
            due=due,
            date_kind=self._get_date_kind_sql(),
            amount_currency=self._get_amount_currency_sql(),
            is_counted=self._get_is_counted_sql(),
            overdue=self._get_overdue_part_sql(),
            rows=Exposure._get_of_today_sql(scopes, self._get_rows_sql),
            credits=Exposure._get_of_today_sql(scopes, self._get_credits_sql),
        )

    @api.model
    def _get_date_kind_sql(self):
        """Return SQL for what the date of row ``r`` is; an order that has no delivery date has that of the order."""
        cases = [
            SQL("WHEN %s THEN %s", component.name, component.date_kind)
            for component in self.env["credit.exposure"]._get_components()
            if component.date_kind != "delivery"
        ]
        return SQL(
            "CASE r.component %s ELSE CASE WHEN so.id IS NOT NULL AND so.commitment_date IS NULL THEN 'order' "
            "ELSE 'delivery' END END",
            SQL(" ").join(cases),
        )

    @api.model
    def _get_amount_currency_sql(self):
        """Return SQL for the amount of row ``r`` in its own currency: of a draft that counts as a whole what stands on
        it; converting there and back would take cents off."""
        return SQL(
            "CASE WHEN r.amount = draft.amount_total_signed THEN draft.amount_total_in_currency_signed "
            "ELSE r.amount_currency END"
        )

    @api.model
    def _get_overdue_part_sql(self):
        """Return SQL for what is overdue of row ``r``: by how much it raises what is past due beyond the credits."""
        return SQL(
            "CASE WHEN r.component = 'overdue' THEN "
            "GREATEST(SUM(r.amount) OVER oldest - COALESCE(netted.credit, 0), 0) "
            "- GREATEST(SUM(r.amount) OVER oldest - r.amount - COALESCE(netted.credit, 0), 0) ELSE 0 END"
        )

    @api.model
    def _get_credits_sql(self, scope):
        """Return SQL with the credits of each customer that are netted against what is past due."""
        return SQL(
            "SELECT company_id, partner_id, SUM(credit) AS credit FROM (%s) days GROUP BY company_id, partner_id",
            self.env["credit.exposure"]._get_due_days_sql(scope),
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
        """Return the rows of all sources with an id made of row, source and component. What a mark moves elsewhere is
        taken off the line that it was in: a line says what is left, and none is shown where nothing is.

        :raise ValueError: when there are more sources or components than an id can tell apart
        """
        names = self.env["credit.exposure"]._get_component_names()
        sources = self.env["credit.exposure"]._get_sources(scope)
        if len(names) > MAX_COMPONENTS or len(sources) > MAX_SOURCES:
            raise ValueError(f"The ids of the exposure sheet have no room for {len(sources)} sources of {len(names)}")
        number = SQL(" ").join(SQL("WHEN %s THEN %s", name, position) for position, name in enumerate(names))
        rows = SQL(" UNION ALL ").join(
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
        return SQL(
            """
            SELECT MIN(id) AS id, %(columns)s, SUM(amount) AS amount, SUM(amount_currency) AS amount_currency
              FROM (%(rows)s) s GROUP BY %(columns)s HAVING SUM(amount) <> 0 OR SUM(amount_currency) <> 0
            """,
            columns=SQL(", ").join(SQL.identifier(name) for name in ROW_COLUMNS if not name.startswith("amount")),
            rows=rows,
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

    def action_open_exposure(self, component=None):
        """Open the exposure sheet of the customer.

        :param str component: show only this component at first
        """
        self.ensure_one()
        self.check_access("read")
        found = {"search_default_component": component} if component else {"group_by": ["component"]}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Exposure of %(customer)s", customer=self.partner_id.display_name),
            "res_model": "credit.exposure.line",
            "views": [(False, "list"), (False, "pivot")],
            "domain": [("profile_id", "=", self.id)],
            "context": {"credit_profile_id": self.id, **found},
        }
