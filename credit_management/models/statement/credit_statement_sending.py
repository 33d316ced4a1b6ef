"""How a statement goes out: as a PDF that is kept with its fingerprint; printed, sent, and asked after once."""

import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

REPORT = "credit_management.action_report_statement"
MAIL = "credit_management.mail_template_statement"
REMINDER = "credit_management.mail_template_statement_reminder"
BATCH = 50  # letters between two commits: each is drawn, which takes about a second


class CreditStatement(models.Model):
    _inherit = "credit.statement"

    date_sent = fields.Date("Sent On", readonly=True, help="The day on which it went out.")
    pdf_id = fields.Many2one("ir.attachment", "PDF", readonly=True, help="The letter that went out.")
    pdf_sha256 = fields.Char(
        "Fingerprint of the PDF", readonly=True,
        help="SHA-256 of the letter that went out: a file with the same fingerprint is this letter, unchanged.",
    )
    date_reminded = fields.Date(
        "Reminded On", readonly=True, help="The day on which the customer was asked for an answer again."
    )

    def action_print(self):
        """Return the letters: of drafts as they are now, else the one that went out."""
        self.check_access("read")
        if len(self) == 1 and self.pdf_id:
            return {"type": "ir.actions.act_url", "url": f"/my/statements/{self.id}/pdf", "target": "new"}
        return self.env.ref(REPORT).report_action(self)

    def action_download_xlsx(self):
        """Return the statement as a workbook."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/my/statements/{self.id}/xlsx", "target": "new"}

    def action_send(self):
        """Send the letters by e-mail; those that went out before are sent once more, unchanged.

        :raise UserError: naming those without an address; then none is sent
        """
        self.check_access("write")
        self._check_recipients()
        drafts = self.filtered(lambda statement: statement.state == "draft")
        drafts._keep_sent()
        for statement in self:
            statement._mail(statement._get_letter_mail())
        return True

    def action_mark_sent(self):
        """Note that printed letters went out another way."""
        self.check_access("write")
        self._keep_sent()
        return True

    def _check_recipients(self):
        lost = self.filtered(lambda statement: not email_normalize(statement.recipient_id.email))
        if lost:
            raise UserError(
                self.env._(
                    "Nothing was sent. There is no e-mail address of: %(customers)s. Enter one on the contact, choose "
                    "another contact in “Goes To”, or print the statement.",
                    customers=", ".join(lost.partner_id.mapped("display_name")),
                )
            )

    def _keep_sent(self):
        """Draw the letters, keep them with their fingerprints, and note the day."""
        self._check_group_is_stated()
        for statement in self:
            pdf = statement._draw()
            attachment = statement._keep_letter(statement._in_its_language()._get_report_base_filename(), pdf)
            statement._update_state(
                "sent", date_sent=statement.company_id._credit_today(), pdf_id=attachment.id,
                pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            )

    def _keep_letter(self, name, pdf):
        # a letter belongs to its statement: nobody makes another one
        return self.env["ir.attachment"].sudo().create(
            {
                "name": f"{name}.pdf", "raw": pdf, "mimetype": "application/pdf", "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _draw(self):
        """Return the letter as a PDF, in the language of the customer."""
        self._portal_ensure_token()
        # it is the same letter whoever sends it
        return self.env["ir.actions.report"].sudo()._render_qweb_pdf(REPORT, self.ids)[0]

    def _in_its_language(self):
        return self.with_context(lang=self.recipient_id.lang or self.partner_id.lang or self.env.lang)

    def _mail(self, template):
        """Send the letter with the words of a template."""
        own = self._in_its_language()
        letter = self.env.ref(template).with_context(lang=own.env.lang)
        own.message_post(
            subject=letter._render_field("subject", self.ids)[self.id],
            body=letter._render_field("body_html", self.ids)[self.id],
            partner_ids=self.recipient_id.ids, attachment_ids=self.pdf_id.ids, message_type="comment",
            subtype_xmlid="mail.mt_comment", **self._prepare_mail(),
        )

    def _get_letter_mail(self):
        """Return the template with the words of the letter."""
        return MAIL

    def _prepare_mail(self):
        """Return further values of the message that goes out."""
        return {}

    # -- no answer ---------------------------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Ask once more where there was no answer for the days of the company; running twice asks once."""
        waiting = self.sudo().search(self._get_unanswered(), order="id")  # of all companies
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for statement in waiting:
            statement._remind()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _get_unanswered(self):
        """Return the domain of sent statements whose time to answer is over, each by the day of its company."""
        companies = self.env["res.company"].sudo().search([("credit_days_statement", ">", 0)])  # see above
        return Domain("state", "=", "sent") & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_sent", "<", company._credit_today() - timedelta(days=company.credit_days_statement))
            for company in companies
        )

    def _remind(self):
        self._update_state("no_answer", date_reminded=self.company_id._credit_today())
        if email_normalize(self.recipient_id.email):
            self._mail(REMINDER)
