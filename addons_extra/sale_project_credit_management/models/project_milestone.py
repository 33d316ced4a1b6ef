"""Milestones say what is delivered of a service: one that is no longer reached makes a debt disappear."""

from odoo import api, models


class ProjectMilestone(models.Model):
    _inherit = "project.milestone"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `project`: what is delivered is worked out anew from all milestones of a line.

        :raise RedirectWarning: where less is delivered than before, and the company asks for a second person
        """
        default = self.env.context.get("default_sale_line_id")
        with self._credit_get_orders(vals.get("sale_line_id", default) for vals in vals_list)._credit_measure_left():
            return super().create(vals_list)

    def write(self, vals):
        """Override of `project`: see `create`."""
        with self._credit_get_orders([vals.get("sale_line_id")])._credit_measure_left():
            return super().write(vals)

    def unlink(self):
        """Override of `project`: see `create`."""
        with self._credit_get_orders()._credit_measure_left():
            return super().unlink()

    def _credit_get_orders(self, line_ids=()):
        """Return the orders of these milestones, and of further lines."""
        # whoever works in a project need not see its order
        lines = self.sudo().sale_line_id
        lines |= lines.browse(filter(None, line_ids)).exists()
        return self.env["sale.order"].browse(lines.order_id.ids)
