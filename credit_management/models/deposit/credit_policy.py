"""What a policy asks for first: its deposits."""

from dataclasses import replace

from odoo import fields, models


class CreditPolicy(models.Model):
    _inherit = "credit.policy"

    deposit_rule_ids = fields.One2many(
        "credit.deposit.rule", "policy_id", "Deposits", copy=True,
        help="Deposits of some orders, beside the one of every order. The strictest one that fits an order counts.",
    )

    def _is_deposit_asked(self):
        return super()._is_deposit_asked() or bool(self.deposit_rule_ids)

    def _to_engine(self):
        """Override to bring the deposits."""
        return replace(super()._to_engine(), deposit_rules=tuple(rule._to_engine() for rule in self.deposit_rule_ids))

    def _get_doubts(self, company):
        """Override: a deposit that nothing waits for."""
        doubts = super()._get_doubts(company)
        if self._is_deposit_asked() and not any(self.rule_ids.mapped(_stops_for_deposit)):
            doubts.append(self.env._(
                "Deposits are asked for, and nothing waits for them: there is no rule 'Deposit missing' that holds."
            ))
        return doubts


def _stops_for_deposit(rule):
    return rule.criterion == "deposit_missing" and bool({"hold", "refuse"} & set(rule._get_effects().values()))
