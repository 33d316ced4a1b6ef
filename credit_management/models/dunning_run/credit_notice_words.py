"""What a notice says, in the language of the customer: its words, its items, what is claimed, how to pay."""

from dataclasses import dataclass

from odoo import api, fields, models

from ..notice.credit_dunning_claim import ClaimTerms

FRAME = "credit_management.notice_mail"


@dataclass
class Paying:
    """How a notice is paid: to which account, with which code that telephones read, on which page."""

    bank: models.BaseModel
    qr: str
    link: str


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    preview_subject = fields.Char("Subject", compute="_compute_preview", help="As the e-mail would have it now.")
    preview_body = fields.Html(
        "Text", compute="_compute_preview", sanitize=False, help="As the e-mail would have it now."
    )

    @api.depends("level_id", "recipient_id", "line_ids", "claim_ids", "state")
    def _compute_preview(self):
        for notice in self:
            is_shown = notice.state == "draft" and notice.level_id
            # who sees the notice sees what it says
            subject, body = notice.sudo()._get_mail_values() if is_shown else (False, False)
            notice.preview_subject, notice.preview_body = subject, body

    def _make_claims(self, day):
        """Reckon the claims of prepared notices anew, as of a day."""
        self.sudo().claim_ids.filtered(lambda claim: claim.step == "shown").unlink()  # made by steps only
        Claim = self.env["credit.dunning.claim"].sudo()  # see above
        return Claim.create(Claim._prepare(self, day, lambda notice: notice._get_claim_terms()))

    def _get_claim_terms(self):
        """Return what the level claims."""
        level = self.level_id.sudo()  # whoever sends
        currency = level._get_currency(self.company_id)
        return ClaimTerms(level.amount_fee, currency, level.interest_id, level.is_compensation)

    # -- words -------------------------------------------------------------------------------------

    def _get_language(self):
        """Return the language in which the customer is written to."""
        self.ensure_one()
        return self.recipient_id.lang or self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang

    def _in_its_language(self):
        return self.with_context(lang=self._get_language())

    def _get_words(self):
        """Return subject and words of the notice, as its level has them."""
        own = self._in_its_language()
        # whoever sends need not see templates
        template = own.level_id.sudo().mail_template_id.with_context(lang=own.env.lang)
        if not template:
            return self.display_name, ""
        subject = template._render_field("subject", self.ids)[self.id]
        return subject, template._render_field("body_html", self.ids)[self.id]

    def _get_mail_values(self):
        """Return subject and body of the e-mail."""
        own = self._in_its_language()
        subject, words = self._get_words()
        body = self.env["ir.qweb"].with_context(lang=own.env.lang)._render(FRAME, own._prepare_letter(words))
        return subject, body

    def _prepare_letter(self, words=None):
        """Return what the letter, the e-mail and the page show."""
        own = self._in_its_language()
        return {
            "o": own,
            "company": own.company_id.sudo(),  # the letterhead is everybody's
            "words": self._get_words()[1] if words is None else words,
            "lines": own._get_told_lines(),
            "claims": own.sudo().claim_ids.filtered(lambda claim: claim.step not in ("cancelled", "waived")),
            "paying": own._get_paying(),
        }

    def _get_told_lines(self):
        # who sees the notice sees what it lists
        return self.sudo().line_ids.sorted(lambda line: (line.amount < 0, line.date_due or self.date, line.id))

    def _get_paying(self, amount=None):
        """Return how an amount is paid; by default what the notice asks for.

        :rtype: Paying
        """
        amount = self.amount_total if amount is None else amount
        bank = self.company_id._credit_get_bank(self.currency_id)
        qr = ""
        if bank and amount > 0:
            qr = bank._credit_draw_code(amount, self.name or "", self.currency_id, self.partner_id)
        return Paying(bank, qr, self._get_portal_link())

    def _get_portal_link(self):
        """Return the address of the notice's page: whoever has it sees what the notice lists, and can pay it."""
        # what was not sent has no token yet, and looking at it writes none
        path = self.get_portal_url() if self.access_token else self.access_url
        return f"{self.get_base_url()}{path}"

    def _get_report_base_filename(self):
        """Return the name of the notice's file."""
        self.ensure_one()
        return self.env._(
            "Notice %(number)s %(customer)s %(date)s", number=(self.name or "").replace("/", "-"),
            customer=self.partner_id.name, date=self.date.isoformat(),
        )
