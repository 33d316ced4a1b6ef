"""Statements of account (对账单): what we say is open, as it was sent, and what the customer says to it.

Figures are kept as they were on the day of the making: what a customer confirms is what was sent.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# {state: from which states it is reached}
REACHED_FROM = {
    "sent": ("draft",),
    "no_answer": ("sent",),
    "agreed": ("sent", "no_answer", "differs"),
    "differs": ("sent", "no_answer"),
}
DECLARED = {  # written by steps only
    "name", "company_id", "partner_id", "group_id", "kind", "date", "date_from", "bucket_set_id", "state", "line_ids",
    "date_sent", "pdf_id", "pdf_sha256", "date_reminded", "answer_name", "answer_function", "answer_method",
    "answer_time", "answer_note", "answer_scan_id", "answer_pdf_id", "answer_user_id", "schedule_id", "access_token",
}


class CreditStatement(models.Model):
    _name = "credit.statement"
    _description = "Statement of Account"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin", "credit.stepped"]
    _order = "date desc, id desc"

    _credit_reached_from = REACHED_FROM

    name = fields.Char("Number", required=True, readonly=True, help="The customer names it when it pays or answers.")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    partner_id = fields.Many2one("res.partner", "Customer", required=True, readonly=True, index=True)
    group_id = fields.Many2one(
        "credit.group", readonly=True, index="btree_not_null", ondelete="restrict",
        help="The statement is of all members of the group in the company: who gets it sees what each of them owes.",
    )
    recipient_id = fields.Many2one(
        "res.partner",
        "Goes To",
        domain="[('commercial_partner_id', '=', partner_id)]",
        help="The contact who gets it: the customer's address for invoices.",
    )
    recipient_email = fields.Char(
        "E-mail Address", related="recipient_id.email", help="Of the contact who gets it."
    )
    user_id = fields.Many2one("res.users", "Responsible", help="Is told of the customer's answer.")
    kind = fields.Selection(
        [("open", "Open items"), ("movements", "Movements"), ("delivered", "Deliveries to invoice")],
        required=True,
        readonly=True,
        default="open",
        help="Open items: what is open on the day. Movements: what was booked in the period as well, with opening, "
        "running and closing balance. Deliveries to invoice: what was delivered and is not invoiced, so that the "
        "invoice follows once the customer has confirmed it.",
    )
    date = fields.Date("As Of", required=True, readonly=True, help="What was booked up to this day counts.")
    date_from = fields.Date("From", readonly=True, help="First day of the period of a statement of movements.")
    bucket_set_id = fields.Many2one(
        "credit.bucket.set", "Columns", readonly=True, help="The columns of the summary by age."
    )
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Sent"), ("agreed", "Agreed"), ("differs", "Differs"),
         ("no_answer", "No answer")],
        "Status",
        required=True,
        readonly=True,
        default="draft",
        tracking=True,
        help="No answer is not *agreed*: nobody has said anything.",
    )
    line_ids = fields.One2many("credit.statement.line", "statement_id", "Lines", readonly=True)
    open_line_ids = fields.One2many(
        "credit.statement.line", "statement_id", "Open Items", domain=[("section", "=", "open")], readonly=True
    )
    movement_line_ids = fields.One2many(
        "credit.statement.line", "statement_id", "Movements", domain=[("section", "!=", "open")], readonly=True
    )
    amount_total = fields.Monetary(
        "Open in Company Currency", currency_field="company_currency_id", compute="_compute_amount_total", store=True,
        help="All that was open on the day, or delivered and not invoiced.",
    )
    has_differences = fields.Boolean(
        compute="_compute_has_differences", help="Some of what the customer contests is not a dispute yet."
    )

    @api.depends("line_ids.amount_company", "line_ids.is_stated")
    def _compute_amount_total(self):
        for statement in self:
            lines = statement.line_ids.filtered("is_stated")
            statement.amount_total = statement.company_currency_id.round(sum(lines.mapped("amount_company")))

    @api.depends("state", "line_ids.amount_answer", "line_ids.dispute_id")
    def _compute_has_differences(self):
        for statement in self:
            statement.has_differences = statement.state == "differs" and bool(statement._get_disputable())

    @api.model
    def _get_offered_kinds(self):
        """Return the kinds that are made for customers that somebody chooses: ``[(kind, label)]``."""
        return self._fields["kind"]._description_selection(self.env)

    def _is_bill(self):
        """Tell whether the customer is asked to pay what is stated."""
        return self.kind in ("open", "movements")

    def _is_answered_online(self):
        """Tell whether the page takes an answer."""
        return self.state in ("sent", "no_answer")

    def _compute_access_url(self):
        """Override of `portal` to say where the page of a statement is."""
        for statement in self:
            statement.access_url = f"/my/statements/{statement.id}"

    # -- what may be changed -----------------------------------------------------------------------

    def write(self, vals):
        """Override: what a statement says, and what was answered, is written by its steps only.

        :raise AccessError: for anything else than to whom a draft goes, and who is responsible
        """
        if not self.env.su:
            kept = DECLARED & vals.keys()
            if kept or ("recipient_id" in vals and any(statement.state != "draft" for statement in self)):
                raise AccessError(
                    self.env._(
                        "A statement says what was open on its day, to whom it was sent, and what was answered: that "
                        "is not changed by hand. Delete a draft and make another one; note an answer with its buttons."
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        sent = self.filtered(lambda statement: statement.state != "draft")
        if sent:
            raise UserError(
                self.env._(
                    "%(statement)s was sent to %(customer)s and stays. Only drafts can be deleted.",
                    statement=sent[0].name,
                    customer=sent[0].partner_id.display_name,
                )
            )

    # -- the way to a new one ----------------------------------------------------------------------

    @api.model
    def _get_make_action(self, partners):
        """Return the action that asks for the kind and the day of new statements of customers."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Statement") if len(partners) == 1 else self.env._("New Statements"),
            "res_model": "credit.statement.make",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_ids": partners.ids},
        }

    def preview_statement(self):
        """Open the page as the customer sees it."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": self.get_portal_url(), "target": "new"}

    def action_open_disputes(self):
        """Open the disputes of what the customer contests, on the invoices of its lines.

        They need a person with the rights on disputes: what is disputed is no longer overdue. The task to look at the
        differences is done with it.

        :raise AccessError: without these rights
        """
        self.check_access("write")
        for line in self._get_disputable():
            line._open_dispute()
        done = self.filtered(lambda statement: statement.state == "differs" and not statement.has_differences)
        text = self.env._("Disputes were made of it.")
        # whoever made them has looked, whose task it was
        done.sudo().activity_feedback(["mail.mail_activity_data_todo"], feedback=text)
        return True
