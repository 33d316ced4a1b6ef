"""Minimums of a level in currencies of their own: a round amount there, which no rate moves."""

from odoo import api, fields, models

from ..change.measures import ANY, any_change, higher, named


class CreditDunningMinimum(models.Model):
    _name = "credit.dunning.minimum"
    _description = "Minimum of a Dunning Level in a Currency"
    _inherit = ["credit.control"]
    _order = "level_id, currency_id"
    _rec_name = "currency_id"

    level_id = fields.Many2one("credit.dunning.level", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="level_id.company_id")
    currency_id = fields.Many2one("res.currency", required=True)
    amount = fields.Monetary("Minimum", help="Less than this is not asked for in this currency. Exactly this is.")

    _currency_once = models.Constraint(
        "UNIQUE (level_id, currency_id)", "The level has a minimum in this currency already: change that one."
    )
    _amount_not_negative = models.Constraint("CHECK (amount >= 0)", "A minimum cannot be negative.")

    @api.model
    def _credit_get_loosening(self):
        return {
            **super()._credit_get_loosening(),
            **named({"amount": higher, "currency_id": any_change, "level_id": any_change}),
        }

    def _credit_is_effective(self, changes):
        """Override: a minimum of a plan that nobody has decides nothing."""
        return self.level_id.plan_id._is_in_use() and super()._credit_is_effective(changes)

    def _credit_measure_new(self):
        """Override: it may be higher than what counted before, at whatever rate."""
        return ANY if self.amount else super()._credit_measure_new()

    def _credit_measure_gone(self):
        """Override: what counts then may be higher."""
        return ANY


class CreditDunningLevel(models.Model):
    _inherit = "credit.dunning.level"

    minimum_ids = fields.One2many(
        "credit.dunning.minimum", "level_id", "Minimum in Other Currencies", copy=True,
        help="Where a notice is in one of these currencies, this minimum counts; elsewhere the one above, converted.",
    )

    def _get_minimums(self):
        """Return ``(currency id, minimum in its smallest unit)`` of each."""
        return tuple(
            (minimum.currency_id.id, round(minimum.amount * 10**minimum.currency_id.decimal_places))
            for minimum in self.minimum_ids
        )
