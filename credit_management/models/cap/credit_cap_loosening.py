"""What of a cap lets more pass: a higher one, or none; at most as much as the limit that stays."""

from odoo import api, models

from ..change.measures import ANY, TIGHTER, any_change, named


def higher_cap(_name):
    """Return the measure of a cap: what it allows now, where that is more than before."""

    def measure(before, after):
        is_higher = after.amount > before.amount or after.percent > before.percent
        return after._credit_get_most() if is_higher else TIGHTER

    return measure


class CreditCap(models.Model):
    _inherit = "credit.cap"

    @api.model
    def _credit_get_loosening(self):
        bounds = dict.fromkeys(("amount", "percent"), higher_cap)
        return {**super()._credit_get_loosening(), **named({**bounds, "subject": any_change, "profile_id": any_change})}

    def _credit_get_most(self):
        """Return what the cap allows, of a limit that is an amount; else any amount."""
        most = self._get_most()
        return ANY if most is None else most

    def _credit_measure_gone(self):
        """Without the cap the limit alone bounds a document."""
        limit = self.profile_id._get_limit_now()
        return limit.amount if limit.is_amount else ANY

    def _credit_get_file(self):
        return self.profile_id

    def _credit_get_profiting(self):
        return self.profile_id.partner_id._credit_get_sellers()

    def _credit_get_log_values(self, company):
        return self.sudo().profile_id._get_log_values()  # the log is written for everybody
