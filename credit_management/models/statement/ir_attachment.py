"""The letter that went out and the signed copy that came back are evidence: nobody changes them or takes them away."""

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _credit_check_evidence(self):
        """Override: what a statement keeps is its evidence, too.

        :raise AccessError: for such a file
        """
        super()._credit_check_evidence()
        if self.env.su:
            return
        # whether it is kept, also where this user may not read it
        attached = self.sudo().filtered(lambda attachment: attachment.res_model == "credit.statement")
        kept = Domain.OR(Domain(name, "in", attached.ids) for name in ("pdf_id", "answer_scan_id", "answer_pdf_id"))
        if attached and self.env["credit.statement"].sudo().search_count(kept, limit=1):  # see above
            raise AccessError(
                self.env._(
                    "The letter that went out, and the signed copy that came back, are the evidence of a statement. "
                    "They stay."
                )
            )
