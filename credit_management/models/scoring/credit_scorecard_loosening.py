"""What of a scorecard lets more pass: where a score changes ratings by itself, a card decides on them."""

from odoo import api, models

from ..change.measures import ANY, TIGHTER, any_change, earlier_rank, higher, lower, named

# what the nightly job may do, from the loosest to the strictest: without it nothing is lowered
CHANGES = ("both", "none", "down")


def _acts(cards):
    """Tell whether scores of these cards change ratings by themselves, in some company."""
    return _act_in(cards.sudo()._credit_get_companies())  # whoever may see them


def _act_in(companies):
    """Tell whether scores change ratings by themselves in one of these companies."""
    return any(company.credit_score_change != "none" for company in companies.sudo())  # as above


def _another_order(name):
    """Return the measure of the order of the ratings: the nightly job lowers a rating to the next one."""
    return lambda before, after: ANY if _act_in(before._credit_get_companies()) else TIGHTER


class CreditScorecard(models.Model):
    _inherit = "credit.scorecard"

    def _credit_is_effective(self, changes):
        """An archived card scores nobody."""
        return (self.active or any(change[0] == "active" for change in changes)) and _acts(self)

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

    def _credit_get_companies(self):
        return self.card_id._credit_get_companies()

    def _credit_is_effective(self, changes):
        return self.card_id.active and _acts(self.card_id)

    @api.model
    def _credit_get_loosening(self):
        names = ("card_id", "kind", "factor", "domain", "expression", "weight", "is_missing_fixed")
        return {
            **super()._credit_get_loosening(), **named({**dict.fromkeys(names, any_change), "points_missing": higher}),
        }

    def _credit_measure_new(self):
        return ANY

    def _credit_measure_gone(self):
        return ANY


class CreditScorecardBand(models.Model):
    _inherit = "credit.scorecard.band"

    def _credit_get_companies(self):
        return self.factor_id.card_id._credit_get_companies()

    def _credit_is_effective(self, changes):
        return self.factor_id.card_id.active and _acts(self.factor_id.card_id)

    @api.model
    def _credit_get_loosening(self):
        names = ("factor_id", "has_low", "low", "has_high", "high", "word")
        return {**super()._credit_get_loosening(), **named({**dict.fromkeys(names, any_change), "points": higher})}

    def _credit_measure_new(self):
        return ANY

    def _credit_measure_gone(self):
        return ANY


class CreditScorecardClass(models.Model):
    _inherit = "credit.scorecard.class"

    def _credit_get_companies(self):
        return self.card_id._credit_get_companies()

    def _credit_is_effective(self, changes):
        return self.card_id.active and _acts(self.card_id)

    @api.model
    def _credit_get_loosening(self):
        return {
            **super()._credit_get_loosening(),
            **named({"card_id": any_change, "rating_id": any_change, "score_from": lower}),
        }

    def _credit_measure_new(self):
        return ANY

    def _credit_measure_gone(self):
        return ANY


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    @api.model
    def _credit_get_loosening(self):
        found = super()._credit_get_loosening()
        known = found["legal_class"]

        def measure(before, after):
            """Of a natural person the nightly job lowers nothing."""
            is_spared = after._is_natural_person() and not before._is_natural_person()
            return ANY if is_spared and _act_in(before.company_id) else known(before, after)

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
        changes = {"credit_score_change": lambda name: earlier_rank(name, CHANGES)}
        return {**super()._credit_get_loosening(), **named(changes)}
