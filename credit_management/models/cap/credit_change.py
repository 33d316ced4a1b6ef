"""A change of a limit that somebody else applies stays below the customer's own cap on it, as a request does."""

import json

from odoo import models

from ..profile.credit_profile import LIMIT_FIELDS


class CreditChange(models.Model):
    _inherit = "credit.change"

    def _get_staleness(self):
        """Override: see `_get_highest_refusal`. The change can still be rejected."""
        return super()._get_staleness() or self._get_cap_refusal()

    def _get_cap_refusal(self):
        values = json.loads(self.values or "{}")
        if self.res_model != "credit.profile" or not LIMIT_FIELDS & values.keys():
            return ""
        record = self._get_record()
        after = record.new(values, origin=record)
        if after.limit_type == "none":
            return record._get_highest_refusal(record._get_amount_rating())
        is_amount = after.limit_type == "amount"
        return record._get_highest_refusal(after._convert_limit(after.amount_limit) if is_amount else None)
