"""An auditor's confirmation run (询证函): which customers are asked on which day, and to whom they answer."""

import random

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize, format_date

from ..statement.credit_statement_sending import BATCH

SEEDS = 999_999
DECLARED = {"name", "state", "letter_ids", "population", "amount_population", "date_drawn"}  # written by steps only
ASKED = {  # what a sample follows from
    "company_id", "date", "sample", "sample_count", "sample_amount", "sample_percent", "zero_count", "credit_count",
    "seed",
}


class CreditConfirmation(models.Model):
    _name = "credit.confirmation"
    _description = "Auditor's Confirmation Run"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"

    name = fields.Char("Number", readonly=True, copy=False, default=lambda self: self.env._("New"))
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company._credit_company(), help="Whose customers."
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    date = fields.Date("As Of", required=True, tracking=True, help="The day of the balances: that of the accounts.")
    state = fields.Selection(
        [("draft", "Sample to draw"), ("drawn", "Letters to send"), ("sent", "Waiting for answers"),
         ("done", "Finished")],
        required=True, default="draft", readonly=True, copy=False, tracking=True,
        help="Finished: each letter was answered, or its balance tested otherwise.",
    )
    auditor_name = fields.Char("Auditor", required=True, tracking=True, help="The firm that customers answer to.")
    auditor_person = fields.Char("Attention", help="Who receives the answers there.")
    auditor_email = fields.Char("Auditor's E-mail", help="Answers of the page go there, and replies to our e-mails.")
    auditor_address = fields.Text("Auditor's Address", help="Where signed letters are sent to by post.")
    sample = fields.Selection(
        [("largest", "The largest balances"), ("amount", "All balances from an amount"),
         ("coverage", "The largest that cover a share"), ("random", "At random")],
        required=True, default="coverage", help="How customers with a balance are chosen.",
    )
    sample_count = fields.Integer("Number of Customers", default=20, help="How many are asked.")
    sample_amount = fields.Monetary(
        "From", currency_field="company_currency_id", help="Customers who owe as much, or more, are asked."
    )
    sample_percent = fields.Float("Share (%)", default=80.0, help="Of all that customers owe, together.")
    zero_count = fields.Integer(
        "Zero balances", help="So many customers who owe nothing and bought something in the year are drawn as well."
    )
    credit_count = fields.Integer("Credit balances", help="So many customers to whom we owe are drawn as well.")
    seed = fields.Integer(
        default=lambda self: random.randint(1, SEEDS), copy=False,
        help="What chance starts from: with the same seed and the same balances the auditor draws the same customers.",
    )
    date_drawn = fields.Date("Drawn On", readonly=True, copy=False, help="The day on which the sample was drawn.")
    letter_ids = fields.One2many("credit.statement", "confirmation_id", "Letters", readonly=True)

    _sample_count_positive = models.Constraint(
        "CHECK (sample NOT IN ('largest', 'random') OR sample_count > 0)", "Ask one customer or more."
    )
    _sample_amount_positive = models.Constraint(
        "CHECK (sample <> 'amount' OR sample_amount > 0)", "Enter an amount above 0 from which customers are asked."
    )
    _sample_percent_is_share = models.Constraint(
        "CHECK (sample <> 'coverage' OR sample_percent > 0 AND sample_percent <= 100)",
        "The share to cover is above 0 and at most 100 %.",
    )
    _further_not_negative = models.Constraint(
        "CHECK (zero_count >= 0 AND credit_count >= 0)", "Numbers of customers are 0 or more."
    )

    @api.constrains("company_id")
    def _check_company_is_whole(self):
        self.company_id._credit_check_is_whole()

    @api.constrains("auditor_email", "auditor_address")
    def _check_auditor_is_reached(self):
        for run in self:
            if run.auditor_email and not email_normalize(run.auditor_email):
                raise UserError(self.env._("“%(email)s” is no e-mail address.", email=run.auditor_email))
            if not (run.auditor_email or (run.auditor_address or "").strip()):
                raise UserError(
                    self.env._("Enter the e-mail address of the auditor, or the address for the post: customers answer "
                               "to the auditor, not to us.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a run starts with nothing drawn.

        :raise AccessError: for one that claims to be drawn
        """
        if not self.env.su and any(DECLARED & vals.keys() for vals in vals_list):
            raise AccessError(self.env._("A run starts without letters: draw its sample with the button."))
        return super().create(vals_list)

    def write(self, vals):
        """Override: what a sample was drawn from stays as it was, and states follow from steps.

        :raise AccessError: for changing it by hand
        """
        is_drawn = any(run.state != "draft" for run in self)
        if not self.env.su and (DECLARED & vals.keys() or (is_drawn and ASKED & vals.keys())):
            raise AccessError(
                self.env._("The sample was drawn as it is written here: that is not changed by hand. Discard the "
                           "letters while none was sent, or make another run.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        sent = self.filtered(lambda run: any(letter.state != "draft" for letter in run.letter_ids))
        if sent:
            raise UserError(self.env._("Letters of %(run)s were sent: it stays.", run=sent[0].name))
        # drafts of a run go with it
        self.sudo().letter_ids.unlink()

    # -- drawing -----------------------------------------------------------------------------------

    def action_draw(self):
        """Draw the sample and make its letters, as drafts.

        :raise UserError: when there is nobody to ask
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(self.env._("The sample of %(run)s is drawn already.", run=self.name))
        today = self.company_id._credit_today()
        if self.date > today:
            raise UserError(
                self.env._("Balances are confirmed as of %(today)s or an earlier day.",
                           today=format_date(self.env, today))
            )
        balances = self._read_population()
        chosen = self._choose(balances)
        if not chosen:
            raise UserError(
                self.env._("Nobody is asked: as of %(date)s no customer has such a balance. Choose another sample.",
                           date=format_date(self.env, self.date))
            )
        # what a run says is written by this step only: its rights were checked above
        own = self.sudo()
        own.write(
            {
                "population": {str(key): balance for key, balance in balances.items()}, "state": "drawn",
                "name": own.env["ir.sequence"].with_company(self.company_id).next_by_code(self._name),
                "amount_population": sum(balances.values()), "date_drawn": today,
            }
        )
        self._make_letters(self.env["res.partner"].browse(chosen))
        return True

    def action_discard(self):
        """Take the letters back while none was sent, and draw anew.

        :raise UserError: once one was sent
        """
        self.check_access("write")
        self._unlink_except_sent()
        self.sudo().write({"state": "draft", "population": False, "date_drawn": False})  # see `action_draw`
        return True

    # -- sending -----------------------------------------------------------------------------------

    def action_send(self):
        """Send by e-mail the letters that have an address, some at a time; the rest is printed.

        :raise UserError: when no letter that is left has an address
        """
        self.ensure_one()
        self.check_access("write")
        drafts = self.letter_ids.filtered(lambda letter: letter.state == "draft")
        reached = drafts.filtered(lambda letter: email_normalize(letter.recipient_id.email))
        if not reached:
            raise UserError(
                self.env._("None of the letters that are left has an e-mail address. Print them, and note that they "
                           "were sent.")
            )
        reached[:BATCH].action_send()
        return self._tell_sent(len(drafts) - len(reached[:BATCH]))

    def _tell_sent(self, left):
        self._follow_letters()
        if not left:
            return True
        text = self.env._("%(count)s letters are left: press again for those with an e-mail address, print the others.",
                          count=left)
        return {"type": "ir.actions.client", "tag": "display_notification",
                "params": {"message": text, "type": "info", "next": {"type": "ir.actions.act_window_close"}}}

    def action_print(self):
        """Return the letters that are to be printed: drafts, else all of them."""
        self.ensure_one()
        drafts = self.letter_ids.filtered(lambda letter: letter.state == "draft")
        return (drafts or self.letter_ids).action_print()

    def action_mark_sent(self):
        """Note that the printed letters went out by post."""
        self.check_access("write")
        self.letter_ids.filtered(lambda letter: letter.state == "draft").action_mark_sent()
        self._follow_letters()
        return True

    def _follow_letters(self):
        """Bring runs into the state that follows from their letters."""
        for run in self.sudo():  # whoever answers has no rights on runs
            letters = run.letter_ids
            if run.state == "draft" or not letters:
                continue
            is_done = all(letter.state in ("agreed", "differs") or letter.is_tested for letter in letters)
            is_sent = all(letter.state != "draft" for letter in letters)
            run.state = "done" if is_done else "sent" if is_sent else "drawn"

    def action_open_letters(self):
        """Open the letters of the run."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window", "name": self.env._("Letters of %(run)s", run=self.name),
            "res_model": "credit.statement", "views": [(False, "list"), (False, "form")],
            "domain": [("confirmation_id", "=", self.id)],
        }

    def action_download_xlsx(self):
        """Return the run as a workbook for the auditor."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/credit/confirmation/{self.id}/xlsx", "target": "new"}
