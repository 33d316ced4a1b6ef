"""Set the dunning level of customers by hand, with the reason."""

from odoo import fields, models


class CreditProfileDunning(models.TransientModel):
    _name = "credit.profile.dunning"
    _description = "Set Dunning Level"

    profile_ids = fields.Many2many(
        "credit.profile", required=True, default=lambda self: self.env.context.get("active_ids"), string="Customers"
    )
    dunning_level = fields.Integer(
        "New Level", required=True, help="0: the customer is not dunned; up to 9. A lower level may free held orders."
    )
    date_to = fields.Date(
        "Counts Until", help="The last day on which it counts; then the level is worked out again. Empty: without end."
    )
    reason = fields.Char(required=True, help="Kept in the history of the customer.")

    def action_apply(self):
        """Write the level and its reason.

        :raise AccessError: without the rights of a credit controller
        """
        self.ensure_one()
        self.profile_ids._set_dunning_level(self.dunning_level, self.reason, self.date_to)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
