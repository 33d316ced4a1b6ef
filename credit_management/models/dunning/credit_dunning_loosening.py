"""What of dunning lets more pass: a lower level, a customer that is left out, another plan."""

from odoo import api, models

from ..change.measures import ANY, TIGHTER, any_change, later, named, switched


def level_that_counts(profile):
    """Return the level of a file, also of one in memory."""
    return profile.dunning_level_set if profile.is_dunning_level_set else profile.dunning_level_found


def lower_level(_name):
    """Return the measure of a level by hand: it loosens when it counts for less than before, or keeps the level from
    rising, as it is no higher than what is worked out."""

    def measure(before, after):
        is_kept_down = after.is_dunning_level_set and after.dunning_level_set <= after.dunning_level_found > 0
        return ANY if is_kept_down or level_that_counts(after) < level_that_counts(before) else TIGHTER

    return measure


def given(name):
    """Return the measure of a choice that takes a customer out of dunning as soon as there is one."""
    return lambda before, after: ANY if after[name] and not before[name] else TIGHTER


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    @api.model
    def _credit_get_loosening(self):
        by_hand = ("is_dunning_level_set", "dunning_level_set", "date_dunning_level_to")
        return {
            **super()._credit_get_loosening(),
            **named(
                {
                    **dict.fromkeys(by_hand, lower_level),
                    "dunning_plan_id": any_change,
                    "is_dunning_blocked": switched(True),
                    "date_dunning_blocked_to": later,
                    "proceedings_kind": given,
                    "date_proceedings_from": any_change,
                    "date_proceedings_to": later,
                }
            ),
        }

    @api.model
    def _credit_get_companions(self):
        reasons = ("dunning_reason", "dunning_blocked_reason", "proceedings_reason")
        return (*super()._credit_get_companions(), *reasons)


class CreditPolicy(models.Model):
    _inherit = "credit.policy"

    @api.model
    def _credit_get_loosening(self):
        return {**super()._credit_get_loosening(), **named({"dunning_plan_id": any_change})}


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _credit_get_loosening(self):
        return {**super()._credit_get_loosening(), **named({"credit_dunning_plan_id": any_change})}
