"""When customers are looked at again."""

from odoo import api, fields, models

from ..change.measures import any_change, named


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_months_review_important = fields.Integer(
        "Important Customers Every (months)", default=3,
        help="Customers marked as VIP are reviewed at least so often, whatever their rating says. 0: as their rating "
        "says.",
    )
    credit_days_review_ahead = fields.Integer(
        "Reviews Are Opened Before (days)", default=14,
        help="So many days before a customer must be reviewed, the assessment is opened and assigned. 0: on the day.",
    )
    credit_days_review_late = fields.Integer(
        "Reviews Are Late After (days)", default=7,
        help="An open review that is late by more than so many days is put before a credit manager.",
    )

    _credit_reviews_not_negative = models.Constraint(
        "CHECK (credit_months_review_important >= 0 AND credit_days_review_ahead >= 0 "
        "AND credit_days_review_late >= 0)",
        "Months and days of reviews are 0 or more.",
    )

    @api.model
    def _credit_get_loosening(self):
        """Override: customers that are reviewed less often are stopped later."""
        return {**super()._credit_get_loosening(), **named({"credit_months_review_important": any_change})}
