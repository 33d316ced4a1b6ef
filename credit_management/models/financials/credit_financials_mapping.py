"""How a workbook is read: which column has the customer, the year end, each amount. It is kept for the next file."""

from odoo import fields, models

from .items import ITEMS
from .sheet import Sheet

KEYS = [("ref", "Reference"), ("vat", "Tax ID"), ("company_registry", "Company ID")]
UNITS = [("1", "As they are"), ("1000", "In thousands"), ("10000", "In ten thousands"), ("1000000", "In millions")]


class CreditFinancialsMapping(models.Model):
    _name = "credit.financials.mapping"
    _description = "Columns of Financial Statements"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="What the mapping is called where it is chosen.")
    active = fields.Boolean(default=True, help="Archived mappings are not offered.")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    sheet = fields.Char(help="The name of the sheet. Empty: the first one.")
    row_header = fields.Integer("Row of Titles", required=True, default=1, help="The row with the titles of columns.")
    key = fields.Selection(
        KEYS, "Customers Are Known By", required=True, default="ref", help="By what a row names its customer: as text."
    )
    column_key = fields.Char("Column of the Customer", required=True, help="The title; the cells below are text.")
    column_day = fields.Char("Column of the Year End", required=True, help="The title; the cells below are dates.")
    unit = fields.Selection(UNITS, "Amounts Are", required=True, default="1", help="By what amounts are multiplied.")
    column_ids = fields.One2many("credit.financials.column", "mapping_id", "Columns of Amounts", copy=True)

    _row_positive = models.Constraint("CHECK (row_header >= 1)", "The row of titles is 1 or more.")

    def _read_sheet(self, content):
        """Return the `Sheet` of a workbook, with the columns that are asked for.

        :param bytes content: the file
        :raise UserError: for what is no workbook, or has not the sheet
        """
        self.ensure_one()
        titles = [self.column_key, self.column_day, *self.column_ids.mapped("name")]
        return Sheet(self.env, content, self.sheet, self.row_header, titles)


class CreditFinancialsColumn(models.Model):
    _name = "credit.financials.column"
    _description = "Column of Financial Statements"
    _order = "id"

    mapping_id = fields.Many2one("credit.financials.mapping", required=True, index=True, ondelete="cascade")
    name = fields.Char("Title of the Column", required=True, help="As it stands in the row of titles.")
    item = fields.Selection(list(ITEMS.items()), required=True, help="Which amount the column has.")

    _once = models.UniqueIndex("(mapping_id, item)", "Each amount is read from one column.")
