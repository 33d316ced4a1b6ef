"""The page of a statement: the customer reads it, agrees, or says where its books differ. Its token opens it."""

import base64
import binascii
import io
from urllib.parse import quote

from odoo.exceptions import UserError
from odoo.http import request, route

from .page import CreditPage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AMOUNT_MOST = 1e12


class CreditStatementPortal(CreditPage):
    @route("/my/statements/<int:statement_id>", type="http", auth="public", website=True)
    def portal_statement(self, statement_id, access_token=None, **kwargs):
        """Show a statement."""
        statement = self._get_statement(statement_id, access_token)
        return self._render_statement(statement, access_token) if statement else request.redirect("/my")

    @route("/my/statements/<int:statement_id>/pdf", type="http", auth="public")
    def portal_statement_pdf(self, statement_id, access_token=None, **kwargs):
        """Return the letter that went out; of a draft, as it is now."""
        statement = self._get_statement(statement_id, access_token)
        if not statement:
            return request.redirect("/my")
        pdf = statement.pdf_id.raw or statement._draw()
        return self._make_statement_file(statement, pdf, "pdf", "application/pdf")

    @route("/my/statements/<int:statement_id>/signed", type="http", auth="public", readonly=True)
    def portal_statement_signed(self, statement_id, access_token=None, **kwargs):
        """Return the letter that was signed on the page."""
        statement = self._get_statement(statement_id, access_token)
        if not statement or not statement.answer_pdf_id:
            return request.redirect("/my")
        return self._make_statement_file(statement, statement.answer_pdf_id.raw, "pdf", "application/pdf")

    @route("/my/statements/<int:statement_id>/xlsx", type="http", auth="public", readonly=True)
    def portal_statement_xlsx(self, statement_id, access_token=None, **kwargs):
        """Return a statement as a workbook."""
        statement = self._get_statement(statement_id, access_token)
        if not statement:
            return request.redirect("/my")
        file = io.BytesIO()
        statement._write_xlsx(file)
        return self._make_statement_file(statement, file.getvalue(), "xlsx", XLSX)

    @route("/my/statements/<int:statement_id>/agree", type="http", auth="public", website=True, methods=["POST"])
    def portal_statement_agree(self, statement_id, access_token=None, **answer):
        """Take that the customer agrees."""
        return self._take(statement_id, access_token, answer, lambda statement, who: statement._note_agreed(**who))

    @route("/my/statements/<int:statement_id>/differ", type="http", auth="public", website=True, methods=["POST"])
    def portal_statement_differ(self, statement_id, access_token=None, **answer):
        """Take where the books of the customer differ."""
        return self._take(
            statement_id, access_token, answer,
            lambda statement, who: statement._note_differences(self._read_differences(statement, answer), **who),
        )

    @route("/my/statements/<int:statement_id>/sign", type="http", auth="public", website=True, methods=["POST"])
    def portal_statement_sign(self, statement_id, access_token=None, **answer):
        """Ask for the signature of whoever agrees."""
        statement = self._get_statement(statement_id, access_token)
        if not statement or not self._is_answerable(statement):
            return request.redirect("/my")
        capacity = quote(answer.get("function") or "", safe="")
        url = statement.get_portal_url(suffix="/signature", query_string=f"&function={capacity}")
        return self._render_statement(statement, access_token, signing={"url": url, "name": answer.get("name") or ""})

    @route("/my/statements/<int:statement_id>/signature", type="jsonrpc", auth="public", website=True)
    def portal_statement_signature(self, statement_id, name=None, signature=None, **kwargs):
        """Take the signature, as Odoo's own form of signatures sends it: token and capacity are in the address."""
        asked = request.httprequest.args
        statement = self._get_statement(statement_id, asked.get("access_token"))
        if not statement or not self._is_answerable(statement):
            return {"error": request.env._("This statement takes no answer any more.")}
        try:
            with request.env.cr.savepoint():  # nothing of an answer that is refused is kept
                statement._note_agreed(
                    name=name, function=asked.get("function"), method="drawn", scan=self._read_signature(signature)
                )
        except UserError as error:
            return {"error": str(error)}
        return {"force_refresh": True, "redirect_url": statement.get_portal_url(query_string="&sent=1")}

    def _read_signature(self, signature):
        """Return name and content of a signature; nothing for what is none."""
        try:
            content = base64.b64decode(signature or "", validate=True)
        except (ValueError, TypeError, binascii.Error):
            content = b""
        return (request.env._("Signature.png"), content) if content else None

    def _get_statement(self, statement_id, access_token):
        """Return the statement with all rights, if it may be seen here: by the token, by the customer, or by who reads
        it inside; nothing otherwise. A draft was told to nobody."""
        statement, _is_by_token = self._find_document("credit.statement", statement_id, access_token)
        if not statement:
            return None
        if statement.state == "draft" and not request.env.user._is_internal():
            return None
        user = request.env.user
        language = user.lang if not user._is_public() else statement._in_its_language().env.lang
        # see above: who may see it was decided
        return statement.with_user(user).sudo().with_context(lang=language)

    def _is_answerable(self, statement):
        """Tell whether an answer is taken here: nobody inside answers for the customer with a click."""
        return statement._is_answered_online() and not request.env.user._is_internal()

    def _get_statement_payer(self, statement):
        user = request.env.user
        return statement.partner_id if user._is_public() else user.partner_id

    def _render_statement(self, statement, access_token, **values):
        request.update_context(lang=statement.env.lang)
        return request.render(
            "credit_management.portal_statement",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "statement",
                "statement": statement,
                "parts": statement._get_parts(),
                "banks": statement.company_id._credit_get_banks(),
                "access_token": access_token,
                "is_answerable": self._is_answerable(statement),
                "is_payer": not request.env.user._is_internal(),
                "payer": self._get_statement_payer(statement),
                **values,
            },
        )

    def _take(self, statement_id, access_token, answer, note):
        """Take an answer; show the page again with what is wrong with it."""
        statement = self._get_statement(statement_id, access_token)
        if not statement or not self._is_answerable(statement):
            return request.redirect("/my")
        scan = answer.get("scan")
        file = (scan.filename, scan.read()) if scan else None
        who = {
            "name": answer.get("name"), "function": answer.get("function"), "note": answer.get("note"),
            "method": "signature" if file else "click", "scan": file,
        }
        try:
            with request.env.cr.savepoint():  # nothing of an answer that is refused is kept
                note(statement, who)
        except UserError as error:
            return self._render_statement(statement, access_token, wrong=str(error), typed=answer)
        return request.redirect(statement.get_portal_url(query_string="&sent=1"))

    def _read_differences(self, statement, answer):
        """Return ``{line: (amount in their books, words)}`` of the lines beside which something else was typed."""
        found = {}
        for line in statement.line_ids.filtered("is_stated"):
            words = (answer.get(f"words_{line.id}") or "").strip()
            amount = self._read_amount(answer.get(f"amount_{line.id}"), line)
            if words or line.currency_id.compare_amounts(amount, line.amount):
                found[line] = (amount, words)
        return found

    def _read_amount(self, text, line):
        """Return the amount typed beside a line; that of the line where nothing was typed.

        :raise UserError: for what is no amount
        """
        if not (text or "").strip():
            return line.amount
        try:
            amount = float(text.replace(" ", ""))
        except ValueError:
            amount = None
        if amount is None or not abs(amount) < AMOUNT_MOST:  # nor what is no number
            raise UserError(request.env._("Please enter an amount beside %(document)s.", document=line.title))
        return line.currency_id.round(amount)

    def _make_statement_file(self, statement, content, kind, mimetype):
        return self._make_file(f"{statement._get_report_base_filename()}.{kind}", content, mimetype)
