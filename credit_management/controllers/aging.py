"""Aged receivables as a file, as they are asked for on the screen."""

import json
import tempfile

from odoo.http import Controller, content_disposition, request, route
from werkzeug.exceptions import BadRequest
from werkzeug.wsgi import wrap_file

from ..models.aging.file_formats import FORMATS

IN_MEMORY = 8 << 20  # bytes: what is larger is written to a temporary file


class CreditAging(Controller):
    @route("/credit/aging/<string:kind>", type="http", auth="user", readonly=True)
    def aging_file(self, kind, data):
        """Return aged receivables as a file.

        :param str kind: one of `FORMATS`
        :param str data: JSON of the domain, the group by and the context of the screen
        """
        if kind not in FORMATS:
            raise request.not_found()
        try:
            asked = dict(json.loads(data))
        except (ValueError, TypeError) as error:
            raise BadRequest from error
        items = request.env["credit.open.item"].with_context(**asked.get("context", {}))
        file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
        name = items._write_file(kind, file, asked.get("domain", []), asked.get("groupby"))
        size = file.tell()
        file.seek(0)
        headers = [
            ("Content-Type", FORMATS[kind].mimetype),
            ("Content-Disposition", content_disposition(name)),
            ("Content-Length", str(size)),
        ]
        return request.make_response(wrap_file(request.httprequest.environ, file), headers)
