"""What was decided on a customer's documents."""

from odoo import fields, models


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    decision_ids = fields.One2many("credit.decision", "profile_id", "Decisions")

    def action_open_decisions(self):
        """Open the log of decisions on the customer's documents."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decisions"),
            "res_model": "credit.decision",
            "views": [(False, "list"), (False, "form")],
            "domain": [("profile_id", "=", self.id)],
        }
