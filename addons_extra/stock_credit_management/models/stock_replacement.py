"""Replacements: what Odoo's return for exchange sends again is marked, through its procurement."""

from odoo import models


class StockReturnPicking(models.TransientModel):
    _inherit = "stock.return.picking"

    def _get_proc_values(self, line):
        return {**super()._get_proc_values(line), "credit_is_replacement": True}


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        return [*super()._get_custom_move_fields(), "credit_is_replacement"]
