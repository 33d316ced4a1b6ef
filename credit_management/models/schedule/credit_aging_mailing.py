"""What was made by a schedule: for whom, as of when, with which files. One row per period and recipient."""

from datetime import timedelta

from markupsafe import Markup
from odoo import Command, api, fields, models

MAIL = "credit_management.mail_template_aging"
DAYS_KEPT = {False: 400, True: 7}  # of files: mailed ones, and those that were asked for once


class CreditAgingMailing(models.Model):
    _name = "credit.aging.mailing"
    _description = "Aged Receivables Mailed"
    _order = "id DESC"
    _rec_name = "schedule_id"

    schedule_id = fields.Many2one("credit.aging.schedule", required=True, readonly=True, index=True, ondelete="cascade")
    date = fields.Date("Period", required=True, readonly=True, help="The day of the schedule for which it was made.")
    as_of = fields.Date(required=True, readonly=True, help="As of which day the receivables are.")
    partner_id = fields.Many2one(
        "res.partner", "Recipient", required=True, readonly=True, index=True, ondelete="cascade",
        help="To whom it went.",
    )
    user_id = fields.Many2one(
        "res.users", "Read By", required=True, readonly=True, index=True, ondelete="cascade",
        help="With whose rights the receivables were read. Only this user opens the files here.",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", readonly=True, help="What was sent. Files are removed after some time."
    )
    mail_id = fields.Many2one("mail.mail", readonly=True, index="btree_not_null", ondelete="set null")
    state = fields.Selection(related="mail_id.state", string="E-mail", help="What became of the e-mail.")
    failure_reason = fields.Text(related="mail_id.failure_reason", string="Why It Failed", help="What the server said.")

    _once_per_period = models.UniqueIndex(
        "(schedule_id, date, partner_id)", "The schedule has sent this day's receivables to this recipient already."
    )

    def _attach(self, files):
        """Keep files: ``[(name, content)]``."""
        for mailing in self:
            mailing.attachment_ids = self.env["ir.attachment"].create(
                [{"name": name, "raw": content, "res_model": self._name, "res_id": mailing.id}
                 for name, content in files]
            )

    def _send(self):
        """Put the e-mail into Odoo's queue, in the transaction that notes that the period is done."""
        for mailing in self:
            mailing.mail_id = self.env.ref(MAIL).send_mail(
                mailing.id, email_values={"attachment_ids": [Command.link(file.id) for file in mailing.attachment_ids]}
            )

    def _tell(self):
        """Tell who asked for files that they are there, with links that only he may open."""
        self.ensure_one()
        links = Markup("<br/>").join(
            Markup('<a href="%s/web/content/%s?download=true">%s</a>') % (self.get_base_url(), file.id, file.name)
            for file in self.attachment_ids
        )
        text = self.env._(
            "The file of aged receivables that you asked for is ready. Only you can open it; it is kept for %(days)s "
            "days.", days=DAYS_KEPT[True],
        )
        self.schedule_id.message_notify(
            partner_ids=self.partner_id.ids, subject=self.env._("Aged receivables: your file is ready"),
            body=Markup("<p>%s</p><p>%s</p>") % (text, links),
        )

    @api.autovacuum
    def _gc_files(self):
        """Remove files that nobody needs any more; that they were sent stays noted."""
        today = fields.Date.today()
        for is_once, days in DAYS_KEPT.items():
            old = self.search([
                ("schedule_id.is_once", "=", is_once), ("date", "<", today - timedelta(days=days)),
                ("attachment_ids", "!=", False),
            ])
            old.attachment_ids.unlink()
