"""Reason codes of releases and of account statuses."""

from odoo import fields, models


class CreditReason(models.Model):
    _name = "credit.reason"
    _description = "Credit Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="The reason as people choose it.")
    sequence = fields.Integer(default=10, help="Order in the choice.")
    active = fields.Boolean(default=True, help="Archived reasons can no longer be chosen.")
    kind = fields.Selection(
        [("release", "Release"), ("reject", "Rejection"), ("status", "Account status")],
        "Used For",
        required=True,
        default="release",
        help="What the reason can be given for.",
    )
