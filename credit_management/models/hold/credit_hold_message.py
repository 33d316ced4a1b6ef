"""Who is told of a hold: the document's followers, the salesperson, whoever has it on the desk."""

from markupsafe import Markup
from odoo import api, models


def as_markup(text):
    """Return what somebody wrote as the note of a task: it is no markup, and no link."""
    return Markup("<br>").join((text or "").splitlines())


class CreditHold(models.Model):
    _inherit = "credit.hold"

    def _notify_opened(self, told=None):
        """Tell the document's followers and whoever has it on the desk.

        In the salesperson's language, and never in the name of a customer who signs or pays.

        :param dict told: the reason by hold, as it stood before: who takes the step again is told nothing twice
        """
        told = told or {}
        news = self.filtered(lambda hold: told.get(hold) != hold.reason)
        for hold in news._for_salesperson():
            document = hold._get_document()
            document.message_post(
                body=hold.env._("On credit hold. %(reason)s", reason=document._credit_get_hold_note(hold)),
                subtype_xmlid="mail.mt_note",
                partner_ids=hold.salesperson_id.partner_id.ids,
            )
        for hold in self._for_salesperson():
            hold._schedule_for_controller()

    def _for_salesperson(self):
        """Yield the holds one by one, as those who read about them see them."""
        user = self.env.ref("base.user_root") if self.env.user.share else self.env.user
        for hold in self:
            # the customer took the step: the message is the system's
            yield hold.with_user(user).sudo().with_context(lang=hold.salesperson_id.lang or self.env.lang)

    def _schedule_for_controller(self, say=lambda hold: ""):
        """Give whoever has these holds on the desk a task, or add a note to the one that is there.

        :param say: returns the note, given the hold as its controller reads it
        """
        for hold in self.filtered("controller_id"):
            told = hold.with_context(lang=hold.controller_id.lang or self.env.lang)
            note = as_markup(say(told))
            known = hold.activity_ids.filtered(lambda task, user=hold.controller_id: task.user_id == user)
            if known:
                known[0].note = note or known[0].note  # a step that is taken again says nothing new
                continue
            told.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=told.env._("Decide on credit hold %(document)s", document=told.document_name),
                note=note,
                user_id=hold.controller_id.id,
            )

    def _tell_salesperson(self, write):
        """Tell the salespeople of these holds, on their documents.

        :param write: what returns the message, given the environment of who reads it: their language, not that of
            whoever paid or decided
        """
        for hold in self.sudo():  # posted on a document that the controller may not open
            document = hold._get_document()
            if document:
                reader = hold.with_context(lang=hold.salesperson_id.lang or self.env.lang)
                document.message_post(
                    body=write(reader.env), subtype_xmlid="mail.mt_note", partner_ids=hold.salesperson_id.partner_id.ids
                )

    @api.model
    def _get_notification(self, message, kind="success"):
        """Return the action that tells what was done, and shows the list as it is now."""
        after = {"type": "ir.actions.client", "tag": "soft_reload"}
        params = {"type": kind, "message": message, "next": after}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}
