"""What policies are made of: whatever changes in it is used by the next check, and holds are looked at again."""

from odoo import api, models


class CreditPolicyPart(models.AbstractModel):
    _name = "credit.policy.part"
    _description = "Part of Credit Policies"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: checks use the new ones at once, and holds are looked at again."""
        parts = super().create(vals_list)
        self._react()
        return parts

    def write(self, vals):
        """Override: see `create`."""
        result = super().write(vals)
        self._react()
        return result

    def unlink(self):
        """Override: see `create`."""
        result = super().unlink()
        self._react()
        return result

    @api.model
    def _react(self):
        self.env["credit.policy"]._clear_snapshots()
        self.env["credit.recheck"]._queue_all()
