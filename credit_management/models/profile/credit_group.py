"""Credit groups: companies that share one limit (集团授信)."""

from odoo import fields, models

from ..setup.limit_value import LIMIT_TYPES


class CreditGroup(models.Model):
    _name = "credit.group"
    _description = "Credit Group"
    _inherit = ["mail.thread"]
    _order = "name, id"

    name = fields.Char(required=True, tracking=True, help="Name of the family of companies.")
    active = fields.Boolean(default=True, help="An archived group no longer limits its members.")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="Currency of the group's limit. Exposures of members are converted into it at today's rate.",
    )
    limit_type = fields.Selection(
        LIMIT_TYPES,
        "Limit",
        required=True,
        default="amount",
        tracking=True,
        help="A member must pass its own test and the group's: the lower limit wins.",
    )
    amount_limit = fields.Monetary(
        "Limit Amount",
        tracking=True,
        aggregator=None,  # what one group has left is of no use to another
        help="The most all members together may owe, across companies. 0 means cash only.",
    )
    date_limit_expiry = fields.Date("Limit Valid Until", help="Last day on which the group's limit counts.")
    profile_ids = fields.One2many("credit.profile", "group_id", "Members", help="Credit files of the group.")
    lock_count = fields.Integer(
        "Check Counter", default=0, readonly=True, copy=False, help="Technical: serialises credit checks."
    )

    _amount_limit_not_negative = models.Constraint(
        "CHECK (amount_limit >= 0)", "The limit of a credit group cannot be negative. Enter 0 for cash only."
    )

    def write(self, vals):
        """Override: a changed limit of the group may free documents of its members."""
        result = super().write(vals)
        if {"limit_type", "amount_limit", "currency_id", "date_limit_expiry", "profile_ids", "active"} & vals.keys():
            # a group's limit may free members that the user may not write
            self.sudo().profile_ids._queue_recheck()
        return result

    def _get_all_members(self):
        """Return the credit files of the members, also archived ones."""
        return self.sudo().with_context(active_test=False).profile_ids  # whoever may see them
