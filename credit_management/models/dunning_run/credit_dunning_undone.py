"""What undoing a run lets pass: the levels of all its customers fall, and nothing is held for them any more."""

from odoo import api, models

from ..change.measures import ANY, TIGHTER


class CreditDunningRun(models.Model):
    _name = "credit.dunning.run"
    _inherit = ["credit.dunning.run", "credit.loosening"]

    @api.model
    def _credit_get_loosening(self):
        return {**super()._credit_get_loosening(), "state": _undone}

    @api.model
    def _credit_get_companions(self):
        return (*super()._credit_get_companions(), "reason")

    def _credit_is_effective(self, changes):
        """Override: its other steps let nothing pass."""
        return any(change[3] is not TIGHTER for change in changes)

    def _credit_get_profiting(self):
        return self._origin.sudo().notice_ids.partner_id._credit_get_sellers()  # whose they are, whoever undoes it


def _undone(before, after):
    """Measure a run of which something was sent that counts."""
    said = before.sudo().notice_ids.filtered(lambda notice: notice.state == "sent" and notice.level)  # as above
    return ANY if after.state == "undone" and said and not before.test_email else TIGHTER
