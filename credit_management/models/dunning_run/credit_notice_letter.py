"""The letter of a notice: drawn when it goes out, kept with its fingerprint, printed in the order of the post."""

import hashlib

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.pdf import merge_pdf

from ..notice.credit_notice_channel import ON_PAPER

REPORT = "credit_management.action_report_notice"
INVOICE = "account.account_invoices"


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    def _draw(self):
        """Return the letter as a PDF, in the language of the customer."""
        self._portal_ensure_token()
        # it is the same letter whoever sends it
        return self.env["ir.actions.report"].sudo()._render_qweb_pdf(REPORT, self.ids)[0]

    def _keep_letter(self):
        """Draw the letter and keep it with its fingerprint, once."""
        if self.file_id:
            return
        pdf = self._draw()
        name = self._in_its_language()._get_report_base_filename()
        file = self._keep_file(f"{name}.pdf", pdf)
        # what went out nobody writes by hand
        self.sudo().write({"file_id": file.id, "file_sha256": hashlib.sha256(pdf).hexdigest()})

    def _keep_file(self, name, pdf):
        # a letter belongs to its notice: nobody makes another one
        return self.env["ir.attachment"].sudo().create(
            {"name": name, "raw": pdf, "mimetype": "application/pdf", "res_model": self._name, "res_id": self.id}
        )

    def _get_files(self):
        """Return the files that the e-mail has: the letter, and the invoices that the notice lists."""
        level = self.level_id.sudo()  # whoever sends
        files = self.sudo().file_id if level.is_notice_attached else self.env["ir.attachment"]
        if level.is_invoices_attached:
            for invoice in self._get_attached_invoices():
                files += invoice.invoice_pdf_report_id or self._draw_invoice(invoice)
        return files

    def _get_attached_invoices(self):
        """Return the invoices that it lists: the customer's own, whatever else a list may have come to hold."""
        invoices = self.sudo().line_ids.filtered(lambda line: line.amount > 0).move_id  # whoever sends
        own = self.partner_id.commercial_partner_id
        posted = invoices.filtered(lambda move: move.move_type == "out_invoice" and move.state == "posted")
        return posted.filtered(lambda move: move.commercial_partner_id == own)

    def _draw_invoice(self, invoice):
        pdf = self.env["ir.actions.report"].sudo()._render_qweb_pdf(INVOICE, invoice.ids)[0]  # whoever sends
        return self._keep_file(invoice._get_invoice_report_filename(), pdf)

    # -- printing ----------------------------------------------------------------------------------

    def action_print(self):
        """Return the letters: those that went out as they were, drafts as they are now."""
        self.check_access("read")
        if len(self) == 1 and self.file_id:
            return {"type": "ir.actions.act_url", "url": f"/my/notices/{self.id}/pdf", "target": "new"}
        return self.env.ref(REPORT).report_action(self)

    def action_print_letters(self):
        """Return the letters that wait to be printed as one file, in the order of the post; they count as sent.

        :raise AccessError: without the rights to send notices
        :raise UserError: when none waits
        """
        self._check_may_send()
        waiting = self.sudo().channel_ids.filtered(  # the right was checked
            lambda channel: channel.kind in ON_PAPER and channel.state == "open"
        )
        notices = waiting.notice_id.filtered("file_id").sorted(lambda notice: notice._get_postal_order())
        if not notices:
            raise UserError(self.env._("No letter of these notices waits to be printed."))
        waiting._set_done()
        return self._download(self.env._("Letters.pdf"), merge_pdf([notice.file_id.raw for notice in notices]))

    def _get_postal_order(self):
        contact = self.recipient_id or self.partner_id
        return contact.country_id.code or "", contact.zip or "", contact.city or "", contact.display_name or "", self.id

    def _download(self, name, pdf):
        # whoever prints gets the file, and nobody else
        file = self.env["ir.attachment"].create({"name": name, "raw": pdf, "mimetype": "application/pdf"})
        return {"type": "ir.actions.act_url", "url": f"/web/content/{file.id}?download=true", "target": "self"}

    # -- documents ---------------------------------------------------------------------------------

    def _tell_documents(self):
        """Note on each invoice of those that were sent that it was dunned; in one go for many of them."""
        sent = self.sudo().filtered(lambda notice: notice.state == "sent" and not notice.is_test)  # whoever sends
        texts = {}
        for notice in sent:
            text = self.env._(
                "Dunned with %(notice)s: %(level)s.", notice=notice.name, level=notice.level_id.name or notice.level
            )
            texts |= dict.fromkeys(notice.line_ids.filtered("is_dunned").move_id.ids, text)
        documents = self.env["account.move"].sudo().browse(texts)  # see above
        documents._message_log_batch(bodies=texts)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _credit_check_evidence(self):
        """Override: the letter of a notice is evidence, too.

        :raise AccessError: for such a file
        """
        super()._credit_check_evidence()
        if self.env.su:
            return
        # whether it is kept, also where this user may not read it
        attached = self.sudo().filtered(lambda attachment: attachment.res_model == "credit.notice")
        # see above
        if attached and self.env["credit.notice"].sudo().search_count(Domain("file_id", "in", attached.ids), limit=1):
            raise AccessError(self.env._("The letter of a notice is what the customer got. It stays."))
