"""Ask for a workbook with financial statements, show what is refused, and take the rest only when a person says so."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

SHOWN = 500  # refusals that are listed; a file that has more is wrong as a whole


class CreditFinancialsImport(models.TransientModel):
    _name = "credit.financials.import"
    _description = "Import Financial Statements"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company._credit_company(),
        help="The company in whose credit files they are kept.",
    )
    file = fields.Binary("Workbook", required=True, attachment=False, help="XLSX, one row for each customer and year.")
    file_name = fields.Char()
    mapping_id = fields.Many2one(
        "credit.financials.mapping", required=True,
        default=lambda self: self.env["credit.financials.mapping"].search([], limit=1),
        help="Which column has what. It is kept for the next file.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id,
        help="The currency of all amounts of the file.",
    )
    is_audited = fields.Boolean("Audited", help="An auditor has certified all statements of the file.")
    is_from_document = fields.Boolean(readonly=True, help="Technical: who asked is on a document, and goes back to it.")
    is_checked = fields.Boolean(readonly=True, help="The file was read, and nothing was changed since.")
    right_count = fields.Integer("Rows That Are Right", readonly=True)
    refused_count = fields.Integer("Refused", readonly=True)
    refusal_ids = fields.One2many("credit.financials.import.refusal", "import_id", readonly=True)

    @api.onchange("file", "mapping_id", "company_id", "currency_id", "is_audited")
    def _onchange_file(self):
        self.is_checked = False

    def action_check(self):
        """Read the file and list what is refused; nothing is written.

        :raise UserError: for what is no workbook, or has not the columns
        """
        self.ensure_one()
        reading = self.mapping_id._read_rows(self._get_content(), *self._get_what())
        refused = [{"row": row, "cell": cell, "reason": reason} for row, cell, reason in reading.refused[:SHOWN]]
        self.write(
            {
                "is_checked": True,
                "right_count": len(reading.rows),
                "refused_count": len(reading.refused),
                "refusal_ids": [fields.Command.clear(), *map(fields.Command.create, refused)],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Financial Statements"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_import(self):
        """Write all statements of the file.

        :raise UserError: where one row of it is refused
        """
        return self._import(is_partial=False)

    def action_import_right(self):
        """Write the statements of the rows that are right, and leave out what is refused."""
        return self._import(is_partial=True)

    def _import(self, is_partial):
        self.ensure_one()
        name = self.file_name or self.env._("Workbook")
        made = self.mapping_id._import_rows(self._get_content(), *self._get_what(), name, is_partial)
        if self.is_from_document:
            return {"type": "ir.actions.act_window_close"}  # which reads the document anew
        action = self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_financials")
        return {**action, "domain": [("id", "in", made.ids)], "name": self.env._("Imported Financial Statements")}

    def _get_what(self):
        """Return for which company the file is, in which currency, and whether it is audited.

        :raise UserError: for a company in which the user does not work
        """
        company = self.company_id._credit_company()
        if company not in self.env.companies._credit_company():
            raise UserError(self.env._("Switch to %(company)s to import for it.", company=company.name))
        return company, self.currency_id, self.is_audited

    def _get_content(self):
        return base64.b64decode(self.file or b"")


class CreditFinancialsImportRefusal(models.TransientModel):
    _name = "credit.financials.import.refusal"
    _description = "Refused Cell"
    _order = "row, id"

    import_id = fields.Many2one("credit.financials.import", required=True, index=True, ondelete="cascade")
    row = fields.Integer(help="The number of the row in the file.")
    cell = fields.Char()
    reason = fields.Char("Why It Is Refused")
