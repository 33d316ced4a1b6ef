"""The plan of a policy: customers of a rating, a group, or everyone, are dunned by it."""

from odoo import fields, models


class CreditPolicy(models.Model):
    _inherit = "credit.policy"

    dunning_plan_id = fields.Many2one(
        "credit.dunning.plan", "Dunning Plan", tracking=True, ondelete="restrict",
        domain="[('company_id', 'in', (False, company_id))]",
        help="How the customers of the policy are dunned, unless a customer or an invoice has a plan of its own. "
        "Empty: by the plan of the company.",
    )

    def _prepare_snapshot(self):
        """Override: with the plan."""
        return {**super()._prepare_snapshot(), "dunning_plan_id": self.dunning_plan_id.id}
