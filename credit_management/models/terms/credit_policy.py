"""A policy with what it allows of terms: as it applies to one customer on one day."""

from dataclasses import replace

from odoo import api, fields, models

from ...engine import terms as engine


class CreditPolicy(models.Model):
    _inherit = "credit.policy"

    terms_ids = fields.One2many("credit.policy.terms", "policy_id", "Terms by Rating", copy=True)
    terms_blocked_ids = fields.Many2many(
        "account.payment.term", string="Terms Not Allowed", context={"active_test": False},
        help="These terms are a finding of the rule on terms that are not allowed, however short they are, and are "
        "never proposed.",
    )

    def _to_engine(self):
        rules = tuple(rule._to_engine() for rule in self.terms_ids)
        return replace(
            super()._to_engine(), terms_rules=rules, terms_blocked_ids=frozenset(self.terms_blocked_ids.ids)
        )

    @api.model
    def _get_policy_of(self, snapshot, profile, as_of):
        policy = super()._get_policy_of(snapshot, profile, as_of)
        is_asked = any(rule.criterion == "terms_ceiling" for rule in policy.rules)
        profile = profile.sudo()  # who the customer is, for every user's document
        ceiling = self.env["credit.terms.ceiling"]._get_for_profile(profile) if is_asked else None
        return engine.bound(policy, profile.rating_id.id or 0, as_of, ceiling)

    @api.model
    def _bounds_terms(self, company):
        """Tell whether a policy that is on in a company says anything of terms: else nothing is looked up."""
        return any(
            policy.terms_rules or policy.terms_blocked_ids or policy.days_terms_max is not None
            for policy in (snapshot["policy"] for snapshot in self._get_active_snapshots(company.id))
        )

    @api.model
    def _is_blocked_anywhere(self, terms, company):
        """Tell whether a policy that is on in a company does not allow terms."""
        snapshots = self._get_active_snapshots(company.id)
        return any(terms.id in snapshot["policy"].terms_blocked_ids for snapshot in snapshots)

    def _is_length_bound(self):
        """Tell whether the policy says how long terms may be, for everyone or for a rating."""
        return self.days_terms_max >= 0 or bool(self.terms_ids)


class CreditPolicyRule(models.Model):
    _inherit = "credit.policy.rule"

    def _has_ceilings(self):
        return bool(self.env["credit.terms.ceiling"].search_count([], limit=1))
