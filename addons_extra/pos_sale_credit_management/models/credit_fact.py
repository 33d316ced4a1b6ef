"""What a sale settled of a sale order stays what it was: the exposure of the order is read from it."""

import dataclasses

from odoo import api, models

LINKS = frozenset({"sale_order_origin_id", "sale_order_line_id"})


class CreditFact(models.AbstractModel):
    _inherit = "credit.fact"

    @api.model
    def _get_columns(self):
        columns = super()._get_columns()
        line = columns["pos.order.line"]
        return {**columns, "pos.order.line": dataclasses.replace(line, watched=line.watched | LINKS)}
