"""What of a plan lets more pass: what comes later, or not at all, raises no level of its customers."""

from odoo import api, models
from odoo.fields import Domain

from ..change.measures import ANY, any_change, higher, lower, named, switched


class CreditDunningPlan(models.Model):
    _name = "credit.dunning.plan"
    _inherit = ["credit.dunning.plan", "credit.control"]

    @api.model
    def _credit_get_loosening(self):
        return {
            **super()._credit_get_loosening(),
            **named(
                {
                    "active": switched(False), "company_id": any_change, "currency_id": any_change,
                    "days_quiet": higher,
                }
            ),
        }

    def _credit_is_effective(self, changes):
        """Override: a plan that nobody has decides nothing."""
        return self._is_in_use() and super()._credit_is_effective(changes)

    def _is_in_use(self):
        """Tell whether somebody is dunned by the plan; archived files and policies count, as they may come back."""
        own = self._origin
        places = (
            ("res.company", "credit_dunning_plan_id"), ("credit.policy", "dunning_plan_id"),
            ("credit.profile", "dunning_plan_id"), ("account.move", "credit_dunning_plan_id"),
        )
        return bool(own) and any(
            # whoever changes the plan need not see whose it is
            self.env[model].sudo().with_context(active_test=False).search_count(Domain(name, "in", own.ids), limit=1)
            for model, name in places
        )

    def _credit_measure_gone(self):
        """Override: who had it is dunned by nothing, or by another one."""
        return ANY


class CreditDunningLevel(models.Model):
    _name = "credit.dunning.level"
    _inherit = ["credit.dunning.level", "credit.control"]

    @api.model
    def _credit_get_loosening(self):
        later = ("days", "days_deadline", "amount_min", "days_repeat")
        return {
            **super()._credit_get_loosening(),
            **named(
                {
                    **dict.fromkeys(later, higher), "timing": any_change, "sequence": any_change,
                    "plan_id": any_change, "repeat_max": lower,
                }
            ),
        }

    def _credit_is_effective(self, changes):
        """Override: a level of a plan that nobody has decides nothing."""
        return self.plan_id._is_in_use() and super()._credit_is_effective(changes)

    def _credit_measure_new(self):
        """Override: what comes in between puts the others off; at the end it takes nobody further away."""
        others = self.plan_id._origin.level_ids - self._origin
        last = max(others.mapped("sequence"), default=-1)
        return super()._credit_measure_new() if self.sequence >= last else ANY

    def _credit_measure_gone(self):
        """Override: the levels after it get lower numbers, and who was at it goes no further."""
        return ANY
