"""What the log says of a person: what they brought to a checkpoint, changed, released."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def action_open_credit_log(self):
        """Open the rows of the log about the steps of this user."""
        self.ensure_one()
        return self.env["credit.log"]._get_action_of_person(self.id, self.name)
