"""What is attached to a request that was decided is its evidence: nobody changes it or takes it away."""

from odoo import models
from odoo.exceptions import AccessError

CONTENT = {"datas", "raw", "db_datas", "store_fname", "url", "name", "res_model", "res_id"}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        """Override: see `_credit_check_evidence`."""
        if CONTENT & vals.keys():
            self._credit_check_evidence()
        return super().write(vals)

    def unlink(self):
        """Override: see `_credit_check_evidence`."""
        self._credit_check_evidence()
        return super().unlink()

    def _credit_check_evidence(self):
        """Refuse to persons what would take the evidence of a decision away.

        :raise AccessError: for what is attached to a request that was approved or rejected
        """
        if self.env.su:
            return
        # whether it is kept, also where this user may not read it
        attached = self.sudo().filtered(lambda attachment: attachment.res_model == "credit.limit.request")
        if not attached:
            return
        decided = [("id", "in", attached.mapped("res_id")), ("state", "in", ["approved", "rejected"])]
        if self.env["credit.limit.request"].sudo().search_count(decided, limit=1):  # see above
            raise AccessError(self.env._("What is attached here is the evidence of a decision. It stays."))
