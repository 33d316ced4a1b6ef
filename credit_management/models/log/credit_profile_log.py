"""What the log says of a customer, under all numbers that became one by merging."""

from odoo import fields, models
from odoo.fields import Domain

SHOWN = 40  # so many rows stand in the file itself; the button opens all


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    log_ids = fields.Many2many(
        "credit.log", string="Check Log", compute="_compute_log_ids", help="The last checks and changes."
    )

    def _compute_log_ids(self):
        for profile in self:
            profile.log_ids = self.env["credit.log"].search(profile._get_log_domain(), limit=SHOWN)

    def _get_log_domain(self):
        """Return the condition of the rows about the customer of this file, and about the file itself."""
        numbers = self.env["credit.log"]._get_merged_into(self.partner_id.id)
        of_file = Domain("res_model", "=", self._name) & Domain("res_id", "=", self.id)
        of_company = Domain("company_ref", "in", [*self.company_id._credit_get_tree().ids, False])
        return list(of_company & (Domain("customer_ref", "in", numbers) | of_file))

    def action_open_log(self):
        """Open all that is known of the customer: what was checked, changed, released."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check Log"),
            "res_model": "credit.log",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": self._get_log_domain(),
        }
