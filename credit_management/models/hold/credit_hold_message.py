"""Who is told of a hold: the document's followers, the salesperson, whoever has it on the desk."""

from markupsafe import Markup
from odoo import api, models
from odoo.exceptions import AccessError


class CreditHold(models.Model):
    _inherit = "credit.hold"

    def _notify_opened(self):
        """Tell the document's followers and whoever has it on the desk.

        In the salesperson's language, and never in the name of a customer who signs or pays.
        """
        for hold in self._for_salesperson():
            document = hold._get_document()
            document.message_post(
                body=hold.env._("On credit hold. %(reason)s", reason=document._credit_get_hold_note(hold)),
                subtype_xmlid="mail.mt_note",
                partner_ids=hold.salesperson_id.partner_id.ids,
            )
            hold._schedule_for_controller()

    def _for_salesperson(self):
        """Yield the holds one by one, as those who read about them see them."""
        user = self.env.ref("base.user_root") if self.env.user.share else self.env.user
        for hold in self:
            # the customer took the step: the message is the system's
            yield hold.with_user(user).sudo().with_context(lang=hold.salesperson_id.lang or self.env.lang)

    def _schedule_for_controller(self):
        for hold in self.filtered("controller_id"):
            told = hold.with_context(lang=hold.controller_id.lang or self.env.lang)
            told.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=told.env._("Decide on credit hold %(document)s", document=hold.document_name),
                user_id=hold.controller_id.id,
            )

    def _request_release(self, user):
        """Note who asks for a release and call the controller."""
        self.ensure_one()
        self.write({"is_requested": True, "requester_id": user.id})
        self.message_post(
            body=self.env._("%(user)s asks for a release. %(reason)s", user=user.name, reason=self.reason or "")
        )
        if self.controller_id and not self.activity_ids:
            self._schedule_for_controller()

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

    def action_ask_salesperson(self):
        """Ask the salespeople of these holds for what is missing to decide.

        :return: the action that tells who got a task
        :rtype: dict
        :raise AccessError: without the rights of a credit controller
        """
        if not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(self.env._("Only credit controllers and credit managers ask salespeople about holds."))
        self.check_access("read")
        asked = self.sudo().filtered("salesperson_id")  # the controller may not open the document
        for hold in asked:
            hold.with_context(lang=hold.salesperson_id.lang or self.env.lang)._ask_salesperson()
        if not asked:
            nobody = self.env._("Nobody was asked: these documents have no salesperson.")
            return self._get_notification(nobody, "warning")
        people = ", ".join(asked.salesperson_id.mapped("name"))
        return self._get_notification(self.env._("A task was given to %(people)s.", people=people))

    def _ask_salesperson(self):
        """Give the salesperson a task on the document, unless it is there already."""
        document, summary = self._get_document(), self.env._("Credit hold: what does the customer say?")
        known = document.activity_ids.filtered(lambda task: task.user_id == self.salesperson_id)
        if summary not in known.mapped("summary"):
            # somebody wrote the reason of a status: it is no markup, and no link
            note = Markup("<br>").join((self.reason or "").splitlines())
            document.activity_schedule(
                "mail.mail_activity_data_todo", summary=summary, note=note, user_id=self.salesperson_id.id
            )

    @api.model
    def _get_notification(self, message, kind="success"):
        """Return the action that tells what was done, and shows the list as it is now."""
        after = {"type": "ir.actions.client", "tag": "soft_reload"}
        params = {"type": kind, "message": message, "next": after}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}
