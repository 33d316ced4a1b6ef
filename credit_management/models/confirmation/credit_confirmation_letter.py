"""One letter of a confirmation run: a statement of balances that the customer confirms to the auditor."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

MAIL = "credit_management.mail_template_confirmation"
ANSWER = "credit_management.mail_template_confirmation_answer"


class CreditStatement(models.Model):
    _inherit = "credit.statement"

    kind = fields.Selection(
        selection_add=[("confirmation", "Auditor's confirmation")], ondelete={"confirmation": "cascade"},
        help="Open items: what is open on the day. Movements: what was booked in the period as well, with opening, "
        "running and closing balance. Deliveries to invoice: what was delivered and is not invoiced, so that the "
        "invoice follows once the customer has confirmed it. Auditor's confirmation: a letter of a confirmation run.",
    )
    confirmation_id = fields.Many2one(
        "credit.confirmation", "Confirmation Run", readonly=True, index="btree_not_null", ondelete="restrict",
        help="The auditor's run that the letter is of.",
    )
    amount_advance = fields.Monetary(
        "Advances", currency_field="company_currency_id", readonly=True, help="What the customer has paid in advance."
    )
    amount_retained = fields.Monetary(
        "Retention", currency_field="company_currency_id", readonly=True,
        help="What the customer holds back of the balance until a warranty ends.",
    )
    amount_sales = fields.Monetary(
        "Sales of the Year", currency_field="company_currency_id", readonly=True,
        help="What was invoiced from the first day of the year to the day, less credit notes, tax included.",
    )
    amount_difference = fields.Monetary(
        "Difference", currency_field="company_currency_id", compute="_compute_amount_difference", store=True,
        help="What we say, less what the customer says, in company currency.",
    )

    @api.depends("line_ids.is_contested", "line_ids.amount_answer", "line_ids.amount", "line_ids.amount_company")
    def _compute_amount_difference(self):
        for statement in self:
            statement.amount_difference = sum(
                line.amount_difference * (line.amount_company / line.amount if line.amount else 1.0)
                for line in statement.line_ids
            )

    def write(self, vals):
        """Override: what a letter of a run says, and how it was tested, is written by steps only."""
        kept = {"confirmation_id", "amount_advance", "amount_retained", "amount_sales", "is_tested", "date_tested",
                "test_user_id", "amount_received_since", "amount_unproved"}
        if not self.env.su and kept & vals.keys():
            raise UserError(self.env._("A letter of an auditor's run is not changed by hand."))
        return super().write(vals)

    def _get_offered_kinds(self):
        """Override: letters to confirm balances are made by a run."""
        return [kind for kind in super()._get_offered_kinds() if kind[0] != "confirmation"]

    def _is_answered_online(self):
        """Override: an answer of the page is the auditor's; without an e-mail address the slip is sent by post."""
        run = self.confirmation_id.sudo()  # whoever has the page
        return super()._is_answered_online() and (not run or bool(run.auditor_email))

    def _get_letter_mail(self):
        """Override: the words of a confirmation, whose answer goes to the auditor."""
        return MAIL if self.confirmation_id else super()._get_letter_mail()

    def _prepare_mail(self):
        """Override: who replies to our e-mail replies to the auditor."""
        auditor = self.confirmation_id.sudo().auditor_email  # the customer's mail is sent by whoever may
        return {**super()._prepare_mail(), **({"reply_to": auditor} if auditor else {})}

    def _update_state(self, state, **values):
        """Override: a run follows its letters."""
        super()._update_state(state, **values)
        self.confirmation_id._follow_letters()

    def _tell_answer(self):
        """Override: the auditor is told of the answer, too, as it came, with the signed copy."""
        super()._tell_answer()
        own = self.sudo()  # whoever answers has no rights on runs
        if email_normalize(own.confirmation_id.auditor_email or ""):
            copies = own.answer_scan_id | own.answer_pdf_id | own.pdf_id
            own.env.ref(ANSWER).send_mail(
                own.id, email_values={"attachment_ids": [(4, copy.id) for copy in copies]}
            )


class CreditConfirmation(models.Model):
    _inherit = "credit.confirmation"

    def _make_letters(self, partners):
        """Make a draft for each customer: balance, advances, sales of the year, and what the balance consists of."""
        Statement = self.env["credit.statement"]
        rows = Statement._read_lines(partners, self.company_id, "confirmation", self.date, False)
        sales, retained = self._read_sales(partners), self._read_retained(partners)
        return Statement._keep(
            self.company_id,
            [
                Statement._prepare(
                    partner, self.company_id, "confirmation", self.date, False,
                    rows.get(partner.id) or [self._prepare_nothing()], confirmation_id=self.id,
                    amount_sales=sales.get(partner.id, 0.0), amount_retained=retained.get(partner.id, 0.0),
                    amount_advance=-sum(float(row["amount_company"]) for row in rows.get(partner.id, ())
                                        if row.get("is_advance")),
                )
                for partner in partners
            ],
        )

    def _read_retained(self, _partners):
        """Return ``{customer id: what it holds back}``, in company currency. Whatever keeps such amounts extends it."""
        return {}

    def _prepare_nothing(self):
        """Return the line of a customer that owes nothing: beside it the customer enters what its books say."""
        return {
            "section": "open", "name": self.env._("Balance"), "currency_id": self.company_id.currency_id.id,
            "amount": 0.0, "amount_original": 0.0, "amount_company": 0.0,
        }
