"""The code by which an amount is paid with a telephone, on letters of ours."""

import base64
import io
import logging

import qrcode
from odoo import models
from odoo.tools.image import image_data_uri
from reportlab.graphics.renderPM import RenderPMError

_logger = logging.getLogger(__name__)


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    def _get_qr_code_base64(self, *asked):
        """Override of `account`: newer versions of ReportLab come without the part that draws images; the same code is
        drawn by the library that core has for codes of two-factor authentication. One with a picture in it is not."""
        try:
            return super()._get_qr_code_base64(*asked)
        except RenderPMError:
            params = self._get_qr_code_generation_params(*asked)
            if params["barcode_type"] != "QR" or params.get("mask"):
                raise
        image = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2)  # as the EPC's rules want
        image.add_data(params["value"])
        content = io.BytesIO()
        image.make_image().save(content, "PNG")
        return image_data_uri(base64.b64encode(content.getvalue()))

    def _credit_draw_code(self, amount, reference, currency, debtor):
        """Return the code to pay an amount by, as the address of an image; nothing where Odoo has none, or where the
        server cannot draw it: a letter goes out without it."""
        try:
            return self.build_qr_code_base64(amount, reference, "", currency, debtor) or ""
        except Exception as error:  # pylint: disable=broad-except
            # a server that lacks a part of ReportLab raises what only that part knows
            _logger.warning("The code to pay %s by could not be drawn: %s", reference, error)
            return ""
