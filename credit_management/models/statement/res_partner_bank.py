"""The code by which an amount is paid with a telephone, on letters of ours."""

import logging

from odoo import models

_logger = logging.getLogger(__name__)


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    def _credit_draw_code(self, amount, reference, currency, debtor):
        """Return the code to pay an amount by, as the address of an image; nothing where Odoo has none, or where the
        server cannot draw it: a letter goes out without it."""
        try:
            return self.build_qr_code_base64(amount, reference, "", currency, debtor) or ""
        except Exception as error:  # pylint: disable=broad-except
            # a server that lacks a part of ReportLab raises what only that part knows
            _logger.warning("The code to pay %s by could not be drawn: %s", reference, error)
            return ""
