"""The exposure sheet: every document behind a customer's exposure; its lines add up to the figure."""

from odoo import api, fields, models
from odoo.tools import SQL

COMPONENT_SELECTION = [
    ("not_due", "Open, not due"),
    ("overdue", "Past due"),
    ("disputed", "Disputed"),
    ("unallocated", "Unallocated credits"),
    ("in_process", "Payments in process"),
    ("bills", "Bills receivable"),
    ("received", "Captured payments"),
    ("drafts", "Draft invoices"),
    ("order_drafts", "Draft invoices of orders"),
    ("orders", "Open orders"),
    ("delivered", "Delivered, not invoiced"),
    ("orders_later", "Orders beyond the horizon"),
]


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
        COMPONENT_SELECTION, readonly=True, help="The part of the exposure that the document belongs to."
    )
    is_counted = fields.Boolean(
        "Counts", readonly=True, help="Off: the company does not count this component in the exposure."
    )
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document ID", model_field="res_model", readonly=True)
    document_name = fields.Char("Document", compute="_compute_document_name")
    date_due = fields.Date("Due", readonly=True, help="Due date of an instalment; delivery date of an order.")
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

    @property
    def _table_query(self):
        """Return the documents; only those of one customer when the action names it (that is faster)."""
        self.env.flush_all()
        profile_id = self.env.context.get("credit_profile_id")
        # the partner only narrows what is read: access is decided by the rules of this model
        partners = self.env["credit.profile"].sudo().browse(profile_id).partner_id.ids if profile_id else None
        scope = self.env["credit.exposure"]._make_scope(partners)
        return SQL(
            """
            SELECT r.id, p.id AS profile_id, r.company_id, r.component, r.res_model, r.res_id, r.date_due,
                   CASE WHEN r.component IN ('not_due', 'overdue') THEN %(today)s - r.date_due END AS days_late,
                   r.amount, r.amount_currency, r.currency_id,
                   (%(is_counted)s) AS is_counted, CASE WHEN %(is_counted)s THEN r.amount ELSE 0 END AS amount_counted
              FROM (%(rows)s) r
              JOIN credit_profile p ON p.partner_id = r.partner_id AND p.company_id = r.company_id
              JOIN res_company c ON c.id = r.company_id
            """,
            today=scope.as_of,
            is_counted=self._get_is_counted_sql(),
            rows=self._get_rows_sql(scope),
        )

    @api.model
    def _get_is_counted_sql(self):
        """Return SQL that tells whether the company of a row counts its component."""
        switches = self.env["credit.exposure"]._get_switches()
        cases = [
            SQL("WHEN %s THEN %s", name, SQL.identifier("c", switch) if switch else SQL("FALSE"))
            for name, switch in switches.items()
        ]
        return SQL("COALESCE(CASE r.component %s ELSE TRUE END, FALSE)", SQL(" ").join(cases))

    @api.model
    def _get_rows_sql(self, scope):
        """Return the rows of all sources with an id made of source, row and component."""
        components = self.env["credit.exposure"]._get_components()
        index = SQL(" ").join(SQL("WHEN %s THEN %s", name, i) for i, name in enumerate(components))
        sources = self.env["credit.exposure"]._get_sources(scope).values()
        return SQL(" UNION ALL ").join(
            SQL(
                "SELECT (s.row_id::bigint * 16 + %s) * 32 + CASE s.component %s END AS id, s.* FROM (%s) s",
                number,
                index,
                source,
            )
            for number, source in enumerate(sources)
        )

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
