"""Records of ours that say how much may pass: what loosens them is measured, and only what is said is written."""

from odoo import models


class CreditControl(models.AbstractModel):
    _name = "credit.control"
    _inherit = ["credit.loosening", "credit.explicit"]
    _description = "Record that decides how much may pass"

    def _credit_is_kept(self, operation, loosened):
        """Override: what is deleted is logged in any case."""
        return operation == "unlink" or super()._credit_is_kept(operation, loosened)
