"""An auditor's confirmation run as a workbook."""

import io

from odoo.http import Controller, content_disposition, request, route

from .statement import XLSX


class CreditConfirmation(Controller):
    @route("/credit/confirmation/<int:run_id>/xlsx", type="http", auth="user", readonly=True)
    def confirmation_xlsx(self, run_id, **kwargs):
        """Return a run as a workbook, to who may read it."""
        run = request.env["credit.confirmation"].browse(run_id).exists()
        if not run:
            raise request.not_found()
        run.check_access("read")
        file = io.BytesIO()
        run._write_xlsx(file)
        name = f"{request.env._('Confirmation')} {run.name.replace('/', '-')}.xlsx"
        return request.make_response(
            file.getvalue(), [("Content-Type", XLSX), ("Content-Disposition", content_disposition(name))]
        )
