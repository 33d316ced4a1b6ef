"""Ratings: named classes of customers (信用等级)."""

from odoo import api, fields, models

from ..setup.limit_value import LIMIT_TYPES

FIGURES = "credit_management.group_credit_user"  # other employees read the name of a rating, and no amount


class CreditRating(models.Model):
    _name = "credit.rating"
    _description = "Credit Rating"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="Short name shown on badges, for instance AAA or C.")
    sequence = fields.Integer(default=10, help="From the best rating (lowest number) to the worst.")
    active = fields.Boolean(default=True, help="Archived ratings can no longer be given.")
    color = fields.Integer(aggregator=None, help="Color of the badge. The name is always written beside it.")
    description = fields.Char(translate=True, help="What the rating means, in one line.")
    months_review = fields.Integer(
        "Review Every (months)",
        default=12,
        aggregator=None,
        help="A customer of this rating is reviewed again after so many months. 0: no regular review.",
    )
    limit_type = fields.Selection(
        LIMIT_TYPES,
        "Limit",
        required=True,
        default="none",
        groups=FIGURES,
        help="The limit of customers of this rating that have no limit of their own.",
    )
    amount_limit = fields.Monetary(
        "Limit Amount",
        currency_field="shown_currency_id",
        groups=FIGURES,
        help="Limit of customers of this rating that have none of their own. 0 means cash only.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        help="Currency of the limit, converted at today's rate where a company uses another one. Empty: the currency "
        "of each company.",
    )
    shown_currency_id = fields.Many2one("res.currency", compute="_compute_shown_currency_id", string="Currency Shown")

    _amount_limit_not_negative = models.Constraint(
        "CHECK (amount_limit >= 0)", "The limit of a rating cannot be negative. Enter 0 for cash only."
    )
    _months_review_not_negative = models.Constraint(
        "CHECK (months_review >= 0)", "The review interval cannot be negative. Enter 0 for no regular review."
    )

    @api.depends("currency_id")
    @api.depends_context("company")
    def _compute_shown_currency_id(self):
        for rating in self:
            rating.shown_currency_id = rating.currency_id or self.env.company.currency_id

    def write(self, vals):
        """Override: a higher limit of the rating frees held documents of its customers."""
        result = super().write(vals)
        if {"limit_type", "amount_limit", "currency_id"} & vals.keys():
            # whoever writes ratings need not see every customer of theirs
            self.env["credit.profile"].sudo().search([("rating_id", "in", self.ids)])._queue_recheck()
        return result
