"""Notices (催款函): what was said to a customer of one company, in one currency, and of which items."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# {state: from which states it is reached}
REACHED_FROM = {
    "sending": ("draft", "unknown"),
    "sent": ("sending", "unknown"),
    "unknown": ("sending",),
    "left_out": ("draft", "sending", "unknown"),
    "cancelled": ("draft",),
    "undone": ("sent", "unknown"),
}
# the customer has it, or may have it: its items were dunned, and are not dunned again for the same
SAID = ("sending", "sent", "unknown")


class CreditNotice(models.Model):
    _name = "credit.notice"
    _description = "Dunning Notice"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin", "credit.stepped"]
    _order = "date desc, id desc"
    _mail_post_access = "read"  # what it says nobody writes; what was answered to it everybody notes

    _credit_reached_from = REACHED_FROM

    name = fields.Char("Number", readonly=True, copy=False, help="Given when it goes out; the customer names it.")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True, ondelete="restrict",
        help="Whose items it lists: those of one company in one currency.",
    )
    profile_id = fields.Many2one("credit.profile", "Credit File", compute="_compute_profile_id")
    recipient_id = fields.Many2one("res.partner", "Goes To", readonly=True, help="The contact who gets it.")
    user_id = fields.Many2one("res.users", "Responsible", readonly=True, help="Gets the customer's answer.")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    level = fields.Integer(
        readonly=True, aggregator="max",
        help="The highest level of its items. 0: a reminder before they are due.",
    )
    date = fields.Date(required=True, readonly=True, index=True, help="The day of the company on which it was made.")
    date_deadline = fields.Date(
        "Pay By", readonly=True, help="The last day that it grants. None of its items goes further before it is over."
    )
    date_sent = fields.Datetime("Sent On", readonly=True, copy=False, help="The time at which it went out.")
    date_paused_to = fields.Date(
        "Paused Until", readonly=True, copy=False,
        help="The customer has answered: up to and including this day it gets no further notice.",
    )
    state = fields.Selection(
        [("draft", "Prepared"), ("sending", "Being sent"), ("sent", "Sent"), ("unknown", "Unknown"),
         ("left_out", "Left out"), ("cancelled", "Taken out"), ("undone", "Undone")],
        "Status",
        required=True,
        readonly=True,
        default="draft",
        index=True,
        tracking=True,
        help="Unknown: the server stopped while it was being sent, so it may have arrived; only a person sends it "
        "again. Left out: when its turn came there was a reason not to send it. Undone: its levels do not count.",
    )
    reason = fields.Char(readonly=True, copy=False, tracking=True, help="Why it was left out, taken out or undone.")
    is_test = fields.Boolean("Test", readonly=True, help="It went to the address for tests, and counts for nothing.")
    line_ids = fields.One2many("credit.notice.line", "notice_id", "Items", readonly=True)
    amount_total = fields.Monetary("Demanded", readonly=True, help="What it asks for, in its currency.")
    amount_company = fields.Monetary(
        "In Company Currency", currency_field="company_currency_id", readonly=True,
        help="What it asks for, each item at the rate at which it was booked.",
    )
    message_reference = fields.Char("Message-ID", readonly=True, copy=False, help="Of the e-mail that went out.")
    file_id = fields.Many2one("ir.attachment", "Letter", readonly=True, copy=False, help="The letter that went out.")
    file_sha256 = fields.Char("Fingerprint of the Letter", readonly=True, copy=False)

    _said_idx = models.Index("(partner_id, company_id) WHERE state IN ('sending', 'sent', 'unknown')")

    @api.depends("name", "partner_id", "level")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = notice.name or self.env._(
                "Notice to %(customer)s, level %(level)s", customer=notice.partner_id.display_name, level=notice.level
            )

    @api.depends("partner_id", "company_id")
    def _compute_profile_id(self):
        found = self.env["credit.profile"].with_context(active_test=False).search(
            [("partner_id", "in", self.partner_id.ids), ("company_id", "in", self.company_id.ids)]
        )
        files = {(file.partner_id, file.company_id): file for file in found}
        for notice in self:
            notice.profile_id = files.get((notice.partner_id, notice.company_id), False)

    # -- what may be changed -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Override: notices are made by runs only.

        :raise AccessError: for everybody else
        """
        self._check_by_step()
        return super().create(vals_list)

    def write(self, vals):
        """Override: what a notice says, and what became of it, is written by its steps only.

        :raise AccessError: for everybody else
        """
        if vals.keys() - self._get_free_fields():
            self._check_by_step()
        return super().write(vals)

    @api.model
    def _get_free_fields(self):
        """Return the fields that people's acts write: what chatter and activities need."""
        return {name for name in self._fields if name.startswith(("message_", "activity_"))} - {"message_reference"}

    def _check_by_step(self):
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "A notice says what was due when it was made, and what became of it: that is not changed by hand. "
                    "Take it out of its run before it is sent, or undo it with a reason."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        said = self.filtered(lambda notice: notice.state != "draft" and not notice.is_test)
        if said:
            raise UserError(
                self.env._(
                    "%(notice)s is part of what was said to the customer, and stays.", notice=said[0].display_name
                )
            )

    def _update_state(self, state, **values):
        """Override: those that are in it already stay, and the others are returned."""
        others = self.filtered(lambda notice: notice.state != state)
        super(CreditNotice, others)._update_state(state, **values)
        return others
