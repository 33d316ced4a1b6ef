"""The checkpoint 'guarantee': its entry, and its effect in a rule."""

from odoo import api, models
from odoo.addons.credit_management.models.policy.credit_policy_rule import effect_field


class CreditPolicyRule(models.Model):
    _inherit = "credit.policy.rule"

    effect_guarantee = effect_field("Guarantee", "What happens when a guarantee is given.")

    @api.model
    def _get_checkpoints(self):
        """Override to add the checkpoint of this add-on."""
        return [*super()._get_checkpoints(), ("guarantee", self.env._("Guarantee"))]
