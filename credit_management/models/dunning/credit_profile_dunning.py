"""How far dunning of a customer has come, and who says so."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    dunning_level = fields.Integer(
        default=0,
        tracking=True,
        aggregator=None,
        help="How far dunning has come: 0 none, up to 9. A policy can stop orders from a level on.",
    )
    dunning_reason = fields.Char("Why This Level", tracking=True, help="Why the dunning level was set by hand.")

    _dunning_level_in_range = models.Constraint(
        "CHECK (dunning_level BETWEEN 0 AND 9)", "A dunning level is a number from 0 to 9."
    )

    @api.model
    def _get_curing_fields(self):
        return super()._get_curing_fields() | {"dunning_level"}

    def _set_dunning_level(self, level, reason):
        """Set the level of customers by hand.

        :raise AccessError: without the rights of a credit controller
        """
        if not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(self.env._("Only credit controllers and credit managers set dunning levels."))
        self.write({"dunning_level": level, "dunning_reason": reason})
