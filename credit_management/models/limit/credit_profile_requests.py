"""The limit requests of a customer, in its credit file."""

from odoo import fields, models


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    limit_request_ids = fields.One2many("credit.limit.request", "profile_id", "Limit Requests")
