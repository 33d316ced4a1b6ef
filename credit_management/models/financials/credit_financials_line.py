"""One amount of financial statements: 0 is an amount, and not the same as none."""

from odoo import api, fields, models

from .items import ITEMS


class CreditFinancialsLine(models.Model):
    _name = "credit.financials.line"
    _description = "Amount of Financial Statements"
    _order = "sequence, id"
    _rec_name = "item"

    financials_id = fields.Many2one("credit.financials", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="financials_id.company_id")
    currency_id = fields.Many2one(related="financials_id.currency_id")
    item = fields.Selection(list(ITEMS.items()), required=True, help="What the amount is of.")
    sequence = fields.Integer(compute="_compute_sequence", store=True, precompute=True)
    amount = fields.Monetary(help="As the statements say; a loss is negative.")
    is_known = fields.Boolean(
        "Entered", compute="_compute_is_known", store=True, readonly=False, precompute=True,
        help="An amount that nobody entered is not 0: what needs it has no answer. Tick it where the amount is 0.",
    )

    _once = models.UniqueIndex("(financials_id, item)", "Each amount is entered once.")

    @api.depends("item")
    def _compute_sequence(self):
        order = list(ITEMS)
        for line in self:
            line.sequence = order.index(line.item) if line.item else len(order)

    @api.depends("amount")
    def _compute_is_known(self):
        for line in self:
            line.is_known = line.is_known or bool(line.amount)
