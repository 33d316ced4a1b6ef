"""Aged receivables as a file, as they are asked for on the screen."""

import json
import tempfile

from odoo.exceptions import AccessError
from odoo.http import Controller, content_disposition, request, route
from werkzeug.exceptions import BadRequest
from werkzeug.wsgi import wrap_file

IN_MEMORY = 8 << 20  # bytes: what is larger is written to a temporary file
FORMATS = {
    "xlsx": ("_write_xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("_write_csv", "text/csv; charset=utf-8"),
}


class CreditAging(Controller):
    @route("/credit/aging/<string:kind>", type="http", auth="user", readonly=True)
    def aging_file(self, kind, data):
        """Return aged receivables as a file.

        :param str kind: one of `FORMATS`
        :param str data: JSON of the domain, the group by and the context of the screen
        """
        if kind not in FORMATS:
            raise request.not_found()
        if not request.env.user.has_group("base.group_allow_export"):
            raise AccessError(request.env._("You may not export data. Ask an administrator for the right to export."))
        try:
            asked = dict(json.loads(data))
        except (ValueError, TypeError) as error:
            raise BadRequest from error
        items = request.env["credit.open.item"].with_context(**asked.get("context", {}))
        method, mimetype = FORMATS[kind]
        file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
        getattr(items, method)(file, asked.get("domain", []), asked.get("groupby") or "partner_id")
        size = file.tell()
        file.seek(0)
        name = f"{request.env._('Aged Receivables')} {items._get_options().as_of}.{kind}"
        headers = [
            ("Content-Type", mimetype),
            ("Content-Disposition", content_disposition(name)),
            ("Content-Length", str(size)),
        ]
        return request.make_response(wrap_file(request.httprequest.environ, file), headers)
