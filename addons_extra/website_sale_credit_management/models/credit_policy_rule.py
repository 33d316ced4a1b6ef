"""The checkpoint 'shop': its entry, and its effect in a rule."""

from odoo import api, models
from odoo.addons.credit_management.models.policy.credit_policy_rule import effect_field


class CreditPolicyRule(models.Model):
    _inherit = "credit.policy.rule"

    effect_shop = effect_field("Shop", "What happens when a customer checks out in the web shop.", default="hold")

    @api.model
    def _get_checkpoints(self):
        """Override to add the checkpoint of this add-on."""
        return [*super()._get_checkpoints(), ("shop", self.env._("Shop"))]
