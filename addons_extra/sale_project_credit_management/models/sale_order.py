"""Orders created from a project or a task, which Odoo confirms at once."""

from odoo import api, models

CREATED_FROM = frozenset({"create_for_task_id", "create_for_employee_mapping"})


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale_project` to hold an order that is confirmed by its creation.

        The context chooses between a hold and an error; it lets nothing through.
        """
        if CREATED_FROM & self.env.context.keys():
            self = self.with_context(credit_interactive=True)  # noqa: PLW0642
        return super().create(vals_list)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model
    def _credit_without_held(self, line_ids):
        """Return the ids of the lines whose order is not on hold: that one is decided already."""
        # whoever creates a project need not see its order
        lines = self.sudo().browse(line_ids).exists()
        return lines.filtered(lambda line: line.order_id.credit_hold_state != "held").ids
