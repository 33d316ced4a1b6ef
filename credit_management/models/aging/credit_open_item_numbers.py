"""Under which numbers the customer knows an open item: beside its reference, in lists and files."""

from odoo import api, fields, models


class CreditOpenItem(models.Model):
    _inherit = "credit.open.item"

    numbers = fields.Char(
        "Customer's Numbers",
        compute="_compute_numbers",
        help="Numbers of the customer's purchase order, of the tax invoice and of the delivery notes, where they are "
        "known.",
    )

    @api.depends("move_id")
    def _compute_numbers(self):
        moves = self.move_id.sudo()  # whoever sees an item sees what it is called
        found = moves._credit_read_numbers()
        for item in self:
            item.numbers = moves._credit_get_numbers_text(found.get(item.move_id.id), item.reference) or False
