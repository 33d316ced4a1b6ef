"""Health checks: what is off, what is odd, which rules can never fire."""

from odoo import models


class CreditPolicyRule(models.Model):
    _inherit = "credit.policy.rule"

    def _get_defect(self):
        """Return why the rule can never do anything, or an empty string."""
        self.ensure_one()
        policy, _ = self.policy_id, self.env._
        if not self._has_effect():
            return _("it has no effect at any checkpoint")
        defects = {
            "utilisation": not self.percent and _("a threshold of 0 % stops every order"),
            "payment_index": not self.percent and _("an index is never below 0"),
            "terms_longer": policy.days_terms_max < 0 and _("the policy allows terms of any length"),
            "discount_better": policy.percent_discount_max < 0 and _("the policy allows any discount"),
            "deposit_missing": not policy.percent_deposit and _("the policy asks for no deposit"),
            "dunning_level": not self.level and _("a level of 0 stops every order"),
            "cover_expired": not self._can_cover_expire() and _("no customer has a cover"),
            "broken_promise": not self._has_any("credit.promise") and _("no promise to pay has been noted yet"),
            "account_status": not (self.is_status_watch or self.is_status_stop) and _("no status is chosen"),
            "group_limit_exceeded": not self._has_groups() and _("there is no credit group with a limit"),
            "document_amount": not self.amount and _("an amount of 0 stops every order"),
            "domain": (self.domain or "[]") == "[]" and _("the condition is empty: it matches every customer"),
        }
        return defects.get(self.criterion) or ""

    def _can_cover_expire(self):
        return self.is_blank_hit or self._has_any("credit.cover")

    def _has_any(self, model):
        """Tell whether there is a record of a model in the company of the policy, or in any."""
        company = self.policy_id.company_id
        return bool(self.env[model].search_count([("company_id", "=", company.id)] if company else [], limit=1))

    def _has_groups(self):
        return bool(self.env["credit.group"].search_count([("limit_type", "=", "amount")], limit=1))


class CreditPolicy(models.Model):
    _inherit = "credit.policy"

    def _is_after(self, other):
        return (self.sequence, self.id) > (other.sequence, other.id)
