"""What the system has validated when a hold fell: whoever had pressed the button is told, and looks at the shelf.

The goods were to leave when somebody pressed *Validate*, and the hold kept them. They may have been handed out, or lie
there still: nobody but the warehouse knows, so it gets a task, which says what was done, when, and because of what.
"""

from markupsafe import Markup
from odoo import SUPERUSER_ID, models
from odoo.tools import format_datetime


class CreditHold(models.Model):
    _inherit = "credit.hold"

    def _tell_cause(self, causes):
        """Override to name what has freed a transfer to whoever looks at its shelf."""
        super()._tell_cause(causes)
        for hold in self.filtered(lambda hold: hold.res_model == "stock.picking"):
            task = hold._get_shelf_task()
            found = task and [cause for cause in causes if hold._is_freed_by(cause)]
            if found:
                env = hold.with_context(lang=task.user_id.lang or self.env.lang).env
                task.note += Markup("<p>%s</p>") % self._name_cause(env, found[-1])

    def _get_shelf_task(self):
        """Return the last task on the transfer of whoever had pressed the button, where it was validated."""
        transfer = self._get_document()
        tasks = transfer.activity_ids if transfer and transfer.state == "done" else self.env["mail.activity"]
        return tasks.filtered(lambda task: task.user_id == transfer.credit_presser_id).sorted("id")[-1:]


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _credit_tell_validated(self):
        """Say on a transfer that the system has validated it, and give whoever had pressed the button a task."""
        presser = self.credit_presser_id
        told = self.with_user(SUPERUSER_ID).with_context(lang=presser.lang or self.env.lang)
        text = told._credit_get_validated_text()
        told.message_post(body=text, subtype_xmlid="mail.mt_note")
        if presser.active and presser._is_internal() and presser.id != SUPERUSER_ID:
            told.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=told.env._("Check the shelf: %(transfer)s was validated", transfer=self.name),
                note=Markup("<p>%s</p>") % text,
                user_id=presser.id,
            )

    def _credit_get_validated_text(self):
        return self.env._(
            "Validated by the system on %(now)s, as the credit hold fell: %(person)s had pressed Validate. The goods "
            "are booked as delivered. If they are still on the shelf, hand them out now, or make a return.",
            now=format_datetime(self.env, self.date_done, tz=self.credit_presser_id.tz),
            person=self.credit_presser_id.name or self.env._("somebody"),
        )
