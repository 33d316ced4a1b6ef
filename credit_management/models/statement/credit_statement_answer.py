"""What a customer says to a statement: agreed, or where its books differ; who, in which capacity, how, when.

Silence is no answer. A difference is no dispute yet: what is disputed is not overdue, and nobody takes own invoices out
of the rules. `action_open_disputes` opens them, by whoever may.
"""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.mimetypes import guess_mimetype

METHODS = [
    ("click", "Click on the page"),
    ("drawn", "Signed on the page"),
    ("signature", "Signed copy"),
    ("seal", "Sealed copy"),
    ("letter", "Letter or e-mail"),
    ("phone", "By telephone"),
]
ON_PAGE = ("click", "drawn")
TEXT_MOST = 2000  # characters that a customer writes
NAME_MOST = 200
SCAN_MOST = 10 << 20  # bytes of a scan
PICTURES = ("image/png", "image/jpeg")
SCANS = ("application/pdf", *PICTURES)


class CreditStatement(models.Model):
    _inherit = "credit.statement"

    answer_name = fields.Char("Answered By", readonly=True, help="Who answered for the customer.")
    answer_function = fields.Char("In the Capacity Of", readonly=True, help="For instance chief accountant.")
    answer_method = fields.Selection(
        METHODS, "How", readonly=True,
        help="A seal or a signature is proof; a click, a letter or a call is weak evidence.",
    )
    answer_time = fields.Datetime("Answered On", readonly=True, help="When the answer was noted.")
    answer_note = fields.Text("Their Words", readonly=True, help="What the customer wrote.")
    answer_scan_id = fields.Many2one("ir.attachment", "Signed Copy", readonly=True, help="What the customer sent back.")
    answer_pdf_id = fields.Many2one(
        "ir.attachment", "Signed PDF", readonly=True, help="The letter with the signature that was given on the page."
    )
    answer_user_id = fields.Many2one("res.users", "Noted By", readonly=True, help="Who noted the answer here.")

    def action_note_answer(self):
        """Open the dialog that notes an answer that came another way than by the page."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Note the Answer"),
            "res_model": "credit.statement.answer",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_statement_id": self.id},
        }

    def _note_agreed(self, **answer):
        """Note that the customer agrees: what it contested before is settled with it.

        :param answer: see `_prepare_answer`
        """
        self.ensure_one()
        self._update_state("agreed", **self._prepare_answer(**answer))
        self.sudo().line_ids.write({"is_contested": False})  # lines are written by steps only
        self._keep_signed()
        self._tell_answer()

    def _note_differences(self, differences, **answer):
        """Note where the customer's books differ.

        :param dict differences: ``{line: (what is open in their books, their words)}``
        :param answer: see `_prepare_answer`
        :raise UserError: when there is neither a line nor a word
        """
        self.ensure_one()
        values = self._prepare_answer(**answer)
        if not differences and not values["answer_note"]:
            raise UserError(self.env._("Please say what differs: enter the amount of your books beside a document, or "
                                       "write what is missing."))
        self._update_state("differs", **values)
        for line, (amount, words) in differences.items():
            line.sudo().write(  # see above
                {
                    "is_contested": True, "amount_answer": line.currency_id.round(amount),
                    "answer_note": (words or "").strip()[:TEXT_MOST],
                }
            )
        self._tell_answer()

    def _prepare_answer(self, name, method, function="", note="", scan=None):
        """Return the values of an answer.

        :param scan: ``(name, content)`` of a signed copy
        :raise UserError: without a name, or with a copy that is none
        """
        name = (name or "").strip()[:NAME_MOST]
        if not name:
            raise UserError(self.env._("Please enter the name of the person who answers."))
        if method == "drawn" and not scan:
            raise UserError(self.env._("Please sign."))
        if method in ("signature", "seal") and not scan:
            raise UserError(self.env._("Please attach the signed copy: it is what proves the answer."))
        return {
            "answer_name": name, "answer_function": (function or "").strip()[:NAME_MOST], "answer_method": method,
            "answer_note": (note or "").strip()[:TEXT_MOST], "answer_time": self.env.cr.now(),
            "answer_user_id": self.env.uid,
            "answer_scan_id": scan and self._keep_scan(*scan, PICTURES if method == "drawn" else SCANS).id,
        }

    def _keep_scan(self, name, content, kinds):
        if guess_mimetype(content) not in kinds or len(content) > SCAN_MOST:  # a name says nothing
            raise UserError(self.env._("Please attach the signed copy as a PDF or a picture of at most 10 MB."))
        # whoever answers has no rights on files
        return self.env["ir.attachment"].sudo().create(
            {"name": name or self.name, "raw": content, "res_model": self._name, "res_id": self.id}
        )

    def _keep_signed(self):
        """Keep the letter with the signature of the page on it; the one that went out stays as it is."""
        if self.answer_method != "drawn":
            return
        name = self.env._("%(letter)s signed", letter=self._in_its_language()._get_report_base_filename())
        self.sudo().answer_pdf_id = self._keep_letter(name, self._draw())  # written by steps only

    def _get_answer_text(self):
        """Return in a sentence for the customer what was answered; nothing without an answer."""
        values = {"name": self.answer_name, "date": format_date(self.env, self.answer_time)}
        if self.state == "agreed":
            return self.env._("%(name)s agreed with this statement on %(date)s.", **values)
        if self.state == "differs":
            return self.env._("On %(date)s, %(name)s told us that your books differ. We look into it.", **values)
        return ""

    def _tell_answer(self):
        """Tell whoever is responsible; a difference is on the desk until somebody has looked."""
        own = self.sudo()  # a customer writes nothing here but the answer
        told = own.with_context(lang=own.user_id.lang or own.env.lang)
        values = {"name": own.answer_name, "statement": own.name}
        if own.state == "agreed":
            text = told.env._("%(name)s agrees with %(statement)s.", **values)
        else:
            text = told.env._("%(name)s does not agree with %(statement)s.", **values)
        told.message_post(body=text, author_id=self.env.user.partner_id.id, partner_ids=own.user_id.partner_id.ids)
        if own.state == "differs" and own.user_id:
            told.activity_schedule(
                "mail.mail_activity_data_todo", summary=text, user_id=own.user_id.id,
                date_deadline=own.company_id._credit_today(),
            )
