"""The exposure sheet of a credit group."""

from odoo import models


class CreditGroup(models.Model):
    _inherit = "credit.group"

    def action_open_exposure(self):
        """Open the documents behind the exposure of all members."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Exposure of %(group)s", group=self.name),
            "res_model": "credit.exposure.line",
            "views": [(False, "list"), (False, "pivot")],
            "domain": [("profile_id.group_id", "=", self.id)],
            "context": {"group_by": ["profile_id", "component"]},
        }
