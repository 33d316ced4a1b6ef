"""What of a scorecard lets more pass: where a score changes ratings by itself, a card decides on them."""

from odoo import api, models

from ..change.measures import ANY, TIGHTER, any_change, earlier_rank, higher, lower, named
from .credit_scorecard_part import act_in, acts

# what the nightly job may do, from the loosest to the strictest: without it nothing is lowered
CHANGES = ("both", "none", "down")


def _another_order(name):
    """Return the measure of the order of the ratings: the nightly job lowers a rating to the next one."""
    return lambda before, after: ANY if act_in(before._credit_get_companies()) else TIGHTER


class CreditScorecard(models.Model):
    _inherit = "credit.scorecard"

    def _credit_is_effective(self, changes):
        """An archived card scores nobody."""
        return (self.active or any(change[0] == "active" for change in changes)) and acts(self)

    @api.model
    def _credit_get_loosening(self):
        names = ("active", "sequence", "company_id", "country_ids", "legal_class", "category_ids", "customers",
                 "months_new", "coverage_min")
        return {**super()._credit_get_loosening(), **named(dict.fromkeys(names, any_change))}

    def _credit_measure_new(self):
        return ANY

    def _credit_measure_gone(self):
        return ANY


class CreditScorecardFactor(models.Model):
    _inherit = "credit.scorecard.factor"

    @api.model
    def _credit_get_loosening(self):
        names = ("card_id", "kind", "factor", "domain", "expression", "weight", "is_missing_fixed")
        return {
            **super()._credit_get_loosening(), **named({**dict.fromkeys(names, any_change), "points_missing": higher}),
        }


class CreditScorecardBand(models.Model):
    _inherit = "credit.scorecard.band"

    def _get_card(self):
        return self.factor_id.card_id

    @api.model
    def _credit_get_loosening(self):
        names = ("factor_id", "has_low", "low", "has_high", "high", "word")
        return {**super()._credit_get_loosening(), **named({**dict.fromkeys(names, any_change), "points": higher})}


class CreditScorecardClass(models.Model):
    _inherit = "credit.scorecard.class"

    @api.model
    def _credit_get_loosening(self):
        return {
            **super()._credit_get_loosening(),
            **named({"card_id": any_change, "rating_id": any_change, "score_from": lower}),
        }


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    @api.model
    def _credit_get_loosening(self):
        found = super()._credit_get_loosening()
        known = found["legal_class"]

        def measure(before, after):
            """Of a natural person the nightly job lowers nothing."""
            is_spared = after._is_natural_person() and not before._is_natural_person()
            return ANY if is_spared and act_in(before.company_id) else known(before, after)

        return {**found, "legal_class": measure}


class CreditRating(models.Model):
    _inherit = "credit.rating"

    @api.model
    def _credit_get_loosening(self):
        return {**super()._credit_get_loosening(), **named({"sequence": _another_order})}


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _credit_get_loosening(self):
        changes = {
            "credit_score_change": lambda name: earlier_rank(name, CHANGES),
            "credit_months_score_keep": lower,  # evidence that is gone loosens, too
        }
        return {**super()._credit_get_loosening(), **named(changes)}
