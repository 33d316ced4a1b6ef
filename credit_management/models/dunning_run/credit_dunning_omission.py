"""Who was left out of a run, when it was prepared or when its turn came, and why."""

from odoo import api, fields, models
from odoo.tools import format_date

from ...engine import dunning

DEFECT, REPLANNED = "defect", "replanned"
REASONS = [
    (dunning.PERHAPS_PAID, "Perhaps paid"),
    (dunning.PAID, "Paid"),
    (dunning.PROMISED, "Promised"),
    (dunning.DISPUTED, "Disputed"),
    (dunning.CREDITED, "Credits cover it"),
    (dunning.BELOW_MINIMUM, "Below the minimum"),
    (dunning.BLOCKED, "Not dunned"),
    (dunning.ITEM_BLOCKED, "Invoice not followed up"),
    (dunning.PROCEEDINGS, "In proceedings"),
    (dunning.ANSWERED, "Has answered"),
    (dunning.UNKNOWN, "A notice may have arrived"),
    (dunning.EXHAUSTED, "No level left"),
    (DEFECT, "Plan cannot be sent"),
    (REPLANNED, "Plan or due date changed"),
    (dunning.QUIET, "Written to lately"),
    (dunning.DEADLINE, "Time to pay runs"),
    (dunning.NOT_YET, "Next level not reached"),
]
# nothing is to be done: their turn comes by itself
WAITING = (dunning.QUIET, dunning.DEADLINE, dunning.NOT_YET)


class CreditDunningOmission(models.Model):
    _name = "credit.dunning.omission"
    _description = "Left Out of a Dunning Run"
    _order = "run_id desc, is_waiting, reason, amount_company desc, id"
    _rec_name = "partner_id"

    run_id = fields.Many2one("credit.dunning.run", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    company_currency_id = fields.Many2one(related="run_id.currency_id", string="Company Currency")
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    notice_id = fields.Many2one(
        "credit.notice", readonly=True, index="btree_not_null", ondelete="cascade",
        help="The notice that was prepared, and was not sent when its turn came.",
    )
    is_sending = fields.Boolean("When Sending", readonly=True, help="Else when the run was prepared.")
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary("Past Due", readonly=True, help="What is past due of the customer in this currency.")
    amount_company = fields.Monetary(
        "Past Due in Company Currency", currency_field="company_currency_id", readonly=True,
        help="Each item at the rate at which it was booked.",
    )
    level = fields.Integer("Level Now", readonly=True, aggregator=None, help="The highest level of its items.")
    reason = fields.Selection(
        REASONS, required=True, readonly=True, help="Of its oldest item where they differ."
    )
    is_waiting = fields.Boolean(
        "Only Waits", compute="_compute_is_waiting", store=True, help="Its turn comes by itself: nothing is to be done."
    )
    date = fields.Date("Until", readonly=True, help="The last day on which the reason holds, where there is one.")
    statement_line_id = fields.Many2one(
        "account.bank.statement.line", "On the Bank", readonly=True, ondelete="set null", index="btree_not_null",
        help="The bank line that nobody has identified, and that may be this customer's payment.",
    )
    statement_currency_id = fields.Many2one(related="statement_line_id.currency_id", string="Currency on the Bank")
    statement_amount = fields.Monetary(
        "Received", related="statement_line_id.amount", currency_field="statement_currency_id",
        help="The amount of the bank line.",
    )
    statement_text = fields.Char("Text on the Bank", related="statement_line_id.payment_ref")
    note = fields.Char(readonly=True, help="What else is known of the reason.")

    @api.depends("reason")
    def _compute_is_waiting(self):
        for row in self:
            row.is_waiting = row.reason in WAITING

    def _get_text(self):
        """Return the reason in words, with its last day."""
        self.ensure_one()
        label = dict(self._fields["reason"]._description_selection(self.env))[self.reason]
        if self.statement_line_id:
            return f"{label}: {self.statement_line_id.display_name}"
        if self.date:
            return self.env._("%(reason)s, until %(date)s", reason=label, date=format_date(self.env, self.date))
        return f"{label}: {self.note}" if self.note else label
