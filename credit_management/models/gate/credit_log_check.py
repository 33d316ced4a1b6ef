"""Checks in the log: every decision with its figures, facts, reasons, and the rules as they were."""

import dataclasses

from odoo import api, models
from odoo.tools import float_round

from ...engine.policy import Rule

# fields of a rule that the engine's value has under another name
RENAMED = {"is_status_watch": "statuses", "is_status_stop": "statuses", "domain": "condition"}
# what a criterion looks at beside the amount
DOCUMENT_FACTS = ("days_terms", "percent_cash_discount", "amount_prepaid")
POLICY_THRESHOLDS = (
    "is_match_all", "days_terms_max", "percent_cash_discount_max", "percent_discount_max", "percent_deposit",
)


class CreditLog(models.Model):
    _inherit = "credit.log"

    @api.model
    def _get_checkpoints(self):
        """Override: those of the rules, and those whose add-on is gone by the name that is stored."""
        return self.env["credit.policy.rule"]._get_logged_checkpoints(self._name)

    @api.model
    def _prepare_checks(self, decisions, names):
        """Return the rows of decisions, in their order.

        :param list decisions: `Decision` values of the engine
        :param dict names: the name of each document by its key
        """
        # the log is written for every user
        profiles = self.env["credit.profile"].sudo().browse([d.request.profile_id for d in decisions])
        profiles.partner_id.fetch(["name"])  # nothing else of it, at each confirmation
        return [
            {
                **profile._get_log_values(),
                **self._prepare_check(decision, profile),
                "document_name": names[decision.request.key],
            }
            for decision, profile in zip(decisions, profiles, strict=True)
        ]

    @api.model
    def _prepare_check(self, decision, profile):
        request, facts = decision.request, decision.facts
        group = facts.group if decision.is_group_binding else None
        return {
            "kind": "check",
            "res_model": request.key[0],
            "res_id": request.key[1],
            "checkpoint": request.checkpoint,
            "verdict": decision.verdict,
            **self._prepare_amounts(decision),
            "limit_name": group.name if group else profile.partner_id.name if facts.limit.is_amount else None,
            "policy_name": self.env["credit.policy"]._get_names(decision.policy.policy_id) if decision.policy else None,
            "exemption": decision.exemption,
            "rules": self._prepare_rules(decision),
            "findings": [dataclasses.asdict(finding) for finding in decision.findings],
            "facts": self._prepare_facts(decision),
        }

    @api.model
    def _prepare_amounts(self, decision):
        """Return the amounts of a decision in whole cents: the log is exported, and adds up there."""
        amounts = {
            "amount": decision.request.amount_document,
            "amount_exposure_before": decision.exposure_before,
            "amount_exposure_after": decision.exposure_after,
            "amount_limit": decision.amount_limit,
            "amount_over": decision.amount_over,
        }
        rounding = decision.facts.rounding
        return {
            name: amount and float_round(amount, precision_rounding=rounding) for name, amount in amounts.items()
        }

    @api.model
    def _prepare_rules(self, decision):
        """Return the rules that were tested: criterion, effect at the checkpoint, thresholds."""
        if decision.exemption or not decision.policy:
            return []
        checkpoint = decision.request.checkpoint
        return [
            {
                "criterion": rule.criterion,
                "effect": rule.effect_at(checkpoint),
                **{name: _to_json(getattr(rule, name)) for name in self._get_thresholds(rule.criterion)},
            }
            for rule in decision.policy.rules_at(checkpoint)
        ]

    @api.model
    def _get_thresholds(self, criterion):
        """Return which fields of the engine's rule a criterion compares with."""
        entry = self.env["credit.criterion"]._get_by_name().get(criterion)
        names = [RENAMED.get(name, name) for name in (entry.uses if entry else ())]
        return [name for name in dict.fromkeys(names) if name in Rule.__dataclass_fields__]

    @api.model
    def _prepare_facts(self, decision):
        """Return the facts as JSON-safe values, with those of the document, and what the policy as a whole allows."""
        values = dataclasses.asdict(decision.facts)
        values["group_exposure_after"] = decision.group_exposure_after
        values["document"] = {name: getattr(decision.request, name) for name in DOCUMENT_FACTS}
        values["policy"] = {name: getattr(decision.policy, name, None) for name in POLICY_THRESHOLDS}
        return {name: _to_json(value) for name, value in values.items()}


def _to_json(value):
    """Return a date as text, a set as a list."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return sorted(value) if isinstance(value, (set, frozenset)) else value
