"""The checkpoint 'pos': its entry, and its effect in a rule."""

from odoo import api, models
from odoo.addons.credit_management.models.policy.credit_policy_rule import effect_field


class CreditPolicyRule(models.Model):
    _inherit = "credit.policy.rule"

    effect_pos = effect_field("Point of Sale", "What happens when a sale is put on account at the counter.")

    @api.model
    def _get_checkpoints(self):
        """Override to add the checkpoint of this add-on."""
        return [*super()._get_checkpoints(), ("pos", self.env._("Point of Sale"))]
