"""Who may see the page of a document: whoever has its token, the customer it is about, who reads it inside."""

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request


class CreditPage(CustomerPortal):
    def _find_document(self, model, document_id, access_token):
        """Return a document with all rights, if it may be seen here, and whether by its token alone."""
        try:
            document = self._document_check_access(model, document_id, access_token)
        except MissingError:
            return None, False
        except AccessError:
            # which customer's it is: the user's own is shown
            document = request.env[model].sudo().browse(document_id)
            if document.partner_id != request.env.user.partner_id.commercial_partner_id:
                return None, False
            return document, False
        own = document.sudo().partner_id == request.env.user.partner_id.commercial_partner_id  # see above
        return document, not own and not request.env.user._is_internal()

    def _make_file(self, name, content, mimetype):
        return request.make_response(
            content,
            [("Content-Type", mimetype), ("Content-Length", str(len(content))),
             ("Content-Disposition", content_disposition(name))],
        )
