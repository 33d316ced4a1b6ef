"""The checkpoint 'delivery': its entry, and its effect in a rule."""

from odoo import api, models
from odoo.addons.credit_management.models.policy.credit_policy_rule import effect_field


class CreditPolicyRule(models.Model):
    _inherit = "credit.policy.rule"

    effect_delivery = effect_field("Delivery", "What happens when goods are delivered.")

    @api.model
    def _get_checkpoints(self):
        """Override to add the checkpoint of this add-on."""
        return [*super()._get_checkpoints(), ("delivery", self.env._("Delivery"))]
