"""What is attached to a request that was decided is its evidence: nobody changes it, takes it away, or adds to it."""

from odoo import api, models
from odoo.exceptions import AccessError

CONTENT = {"datas", "raw", "db_datas", "store_fname", "url", "name", "res_model", "res_id"}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: see `_credit_check_evidence`. What was not there did not lead to the decision."""
        attachments = super().create(vals_list)
        attachments._credit_check_evidence()
        return attachments

    def write(self, vals):
        """Override: see `_credit_check_evidence`."""
        if not CONTENT & vals.keys():
            return super().write(vals)
        self._credit_check_evidence()
        result = super().write(vals)
        self._credit_check_evidence()  # nor does it join
        return result

    def unlink(self):
        """Override: see `_credit_check_evidence`."""
        self._credit_check_evidence()
        return super().unlink()

    def _credit_check_evidence(self):
        """Refuse to persons what would take the evidence of a decision away, or invent it.

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
