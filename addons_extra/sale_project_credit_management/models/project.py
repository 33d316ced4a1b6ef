"""Projects and tasks that confirm an order: saved in any case; the order waits when credit says so."""

from odoo import models


class ProjectProject(models.Model):
    _inherit = "project.project"

    def _ensure_sale_order_linked(self, sol_ids):
        """Override of `sale_project` to hold the order instead of refusing the project."""
        waiting = self.env["sale.order.line"]._credit_without_held(sol_ids)
        return super(ProjectProject, self.with_context(credit_interactive=True))._ensure_sale_order_linked(waiting)


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _ensure_sale_order_linked(self, sol_ids):
        """Override of `sale_project` to hold the order instead of refusing the task."""
        waiting = self.env["sale.order.line"]._credit_without_held(sol_ids)
        return super(ProjectTask, self.with_context(credit_interactive=True))._ensure_sale_order_linked(waiting)
