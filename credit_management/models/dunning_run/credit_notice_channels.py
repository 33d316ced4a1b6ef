"""By which channels a notice goes out, and what is done where one does not work."""

from odoo import models
from odoo.tools.mail import email_normalize, formataddr

from ..notice.credit_notice_channel import ON_PAPER
from .credit_notice_delivery import ERROR_MOST, MailServerIsDownError

TASKS = {  # {channel: (field of the level, type of the activity)}
    "call": ("is_call", "mail.mail_activity_data_call"),
    "visit": ("is_visit", "mail.mail_activity_data_meeting"),
    "handover": ("is_handover", "mail.mail_activity_data_todo"),
}


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    def _deliver(self, mail, handed):
        """Send the notice by the channels of its level; the e-mail last, for it cannot be taken back.

        :param dict mail: values of the e-mail as it was written before the decision; None: it is written now
        """
        if not mail:
            address = self._get_address()
            mail = self._prepare_email(address) if address else None
        if not mail or not mail["is_simple"]:
            self._do_all_but_email(mail)
        if mail:
            self._send_email(mail, handed)

    def _do_all_but_email(self, mail):
        """Do what can be taken back: letters, tasks, files. Where there is no e-mail, a letter goes instead."""
        level = self.level_id.sudo()  # whoever sends
        rows = [] if self.is_test else [self._prepare_paper(kind) for kind in self._get_paper(level)]
        if not self.is_test:
            if level.is_email and not mail:
                rows += self._replace_email(rows, self._get_missing_address_text())
            rows += self._schedule_tasks(level)
            rows += self._text(rows, mail) if level.is_sms else []
        if (mail and level.is_notice_attached) or any(row["kind"] in ON_PAPER for row in rows):
            self._keep_letter()
        self._note_channels(rows)

    def _get_address(self):
        """Return the address to which the e-mail goes, if one goes."""
        if self.is_test:
            return self.run_id.test_email
        return self._find_address() if self.level_id.sudo().is_email else ""  # whoever sends

    def _is_simple(self):
        """Tell whether the notice is an e-mail without a file, and nothing else."""
        level = self.level_id.sudo()  # whoever sends
        has_files = level.is_notice_attached or level.is_invoices_attached
        others = ("is_letter", "is_registered", "is_sms", *(field for field, _kind in TASKS.values()))
        return not has_files and (self.is_test or not any(level[name] for name in others))

    def _get_paper(self, level):
        return [kind for kind, is_used in (("letter", level.is_letter), ("registered", level.is_registered)) if is_used]

    def _note_channels(self, rows):
        # noted by steps only
        return self.env["credit.notice.channel"].sudo().create([{"notice_id": self.id, **row} for row in rows])

    def _prepare_paper(self, kind, **values):
        """Return a letter that waits to be printed; a waybill never says what is owed."""
        text = self.env._("Notice %(number)s", number=self.name) if kind == "registered" else False
        return {"kind": kind, "state": "open", "recipient_id": self.recipient_id.id, "waybill_text": text, **values}

    def _replace_email(self, rows, error):
        """Return that the e-mail did not go out, and the letter that goes instead, unless there is one."""
        failed = {"kind": "email", "state": "failed", "recipient_id": self.recipient_id.id, "error": error}
        if any(row["kind"] in ON_PAPER for row in rows):
            return [failed]
        return [failed, self._prepare_paper("letter", is_fallback=True)]

    def _text(self, rows, mail):
        """Return the row of the text message; with a letter where nothing else goes out, and it does not either."""
        row = self._send_sms()
        is_alone = row["state"] == "failed" and not mail and not rows
        return [row, self._prepare_paper("letter", is_fallback=True)] if is_alone else [row]

    def _send_sms(self):
        """Return what became of the text message. Hook: the bridge to Odoo's gateway sends it."""
        return {
            "kind": "sms", "state": "failed", "recipient_id": self.recipient_id.id,
            "error": self.env._("Odoo's SMS gateway is not installed."),
        }

    def _schedule_tasks(self, level):
        """Make a task of each call, visit or hand-over; return the rows of the channels."""
        rows = []
        for kind, (field, activity_type) in TASKS.items():
            user = (kind == "visit" and self.partner_id.user_id) or self.user_id or self.run_id.user_id or self.env.user
            if level[field]:
                activity = self.activity_schedule(
                    activity_type, user_id=user.id, date_deadline=self._get_day_of_recipient(),
                    summary=level.with_context(lang=user.lang).name, note=self._get_task_note(level, user),
                )
                rows.append({"kind": kind, "state": "open", "activity_id": activity.id})
        return rows

    def _get_task_note(self, level, user):
        """Return what stands in the task of whoever calls. Hook: when."""
        return level.with_context(lang=user.lang).script

    def _get_day_of_recipient(self):
        """Return the day on which somebody is to call. Hook: by the clock of the recipient."""
        return self.date

    def _plan_email(self):
        """Note to which address the e-mail of each goes; those that are known to be sent are marked afterwards, many
        in one go."""
        old = self.channel_ids.filtered(lambda channel: channel.kind == "email" and channel.state == "open")
        old.sudo().unlink()  # noted by steps only
        rows = []
        for notice in self:
            address = notice._get_address()
            values = {"notice_id": notice.id, "kind": "email", "state": "open", "recipient_id": notice.recipient_id.id}
            rows += [{**values, "address": email_normalize(address) or address}] if address else []
        self.env["credit.notice.channel"].sudo().create(rows)  # see above

    def _mark_emails(self):
        """Note that the e-mails of those that were sent went out."""
        self.filtered(lambda notice: notice.state == "sent").channel_ids.filtered(
            lambda channel: channel.kind == "email"
        )._set_done()

    # -- e-mail ------------------------------------------------------------------------------------

    def _find_address(self):
        """Return the e-mail address of the contact, else of the customer; nothing when neither can be used.

        An address from which something came back, and nothing since, is none.
        """
        for contact in (self.recipient_id, self.partner_id):
            if email_normalize(contact.email) and not contact.message_bounce:
                return contact.email_formatted
        return ""

    def _get_missing_address_text(self):
        bounced = next((contact.email for contact in (self.recipient_id, self.partner_id) if contact.email), "")
        if bounced:
            return self.env._("%(address)s cannot be used: something sent to it came back.", address=bounced)
        return self.env._("There is no e-mail address.")

    def _find_sender(self):
        """Return from whom the e-mail is, so that answers reach somebody.

        :raise MailServerIsDownError: when there is no address: no other notice could be sent either
        """
        own, company = self.user_id, self.company_id.sudo()  # as the letterhead says
        known = [who.email_formatted for who in (own, company) if who.email]
        sender = known[0] if known else self.env["ir.mail_server"].sudo()._get_default_from_address()  # whoever sends
        if not sender:
            raise MailServerIsDownError(
                self.env._("%(company)s has no e-mail address to send from: enter one.", company=company.name)
            )
        return sender

    def _prepare_email(self, address):
        """Return the values of the e-mail, all of this notice alone."""
        subject, body = self._get_mail_values()
        sender = self._find_sender()
        if self.is_test:
            subject = self.env._(
                "[Test, would go to %(address)s] %(subject)s", subject=subject,
                address=self._find_address() or self.env._("nobody: no address"),
            )
        return {
            "model": self._name, "res_id": self.id, "record_name": self.name, "subject": subject,
            "body_html": body, "body": body,
            "email_from": sender, "author_id": self.user_id.partner_id.id or self.company_id.partner_id.id,
            "reply_to": self._notify_get_reply_to(default=sender)[self.id], "email_to": address,
            "email_cc": self._get_copies(),
            "message_id": self.message_reference, "state": "outgoing", "auto_delete": False,
            "is_simple": self._is_simple(),
        }

    def _get_copies(self):
        """Return who of the house gets a copy: whoever sells to the customer, whoever collects from it."""
        level = self.level_id.sudo()  # whoever sends need not see plans
        people = self.env["res.users"]
        if not self.is_test:
            people |= self.partner_id.user_id if level.is_salesperson_in_copy else people
            people |= self.user_id if level.is_controller_in_copy else people
        return ", ".join(formataddr((user.name, user.email)) for user in people if user.email) or False

    def _send_email(self, values, handed):
        """Hand the e-mail to the mail server, and note the result; it is never left to Odoo's queue.

        :raise MailServerIsDownError: when the server was not reached
        """
        values = dict(values)
        if not values.pop("is_simple"):
            values["attachment_ids"] = self._get_files().ids
        mail = self.env["mail.mail"].sudo().create(values)  # whoever sends
        self.env.flush_all()  # what can fail fails now
        handed.append(mail)
        mail.send()
        if mail.state == "exception" and not mail.failure_type:  # no connection: Odoo tried no mail
            handed.clear()
            raise MailServerIsDownError(mail.failure_reason)
        if mail.state != "sent":
            self._note_refused(mail)

    def _note_refused(self, mail):
        """Note that the server did not take the e-mail, and what goes instead."""
        error = (mail.failure_reason or mail.state)[:ERROR_MOST]
        mail.state = "cancel"  # the queue would send it without a decision
        channel = self.channel_ids.filtered(lambda channel: channel.kind == "email").sudo()  # noted by steps only
        channel.write({"state": "failed", "error": error})
        others = self.channel_ids - channel
        if not self.is_test and not others.filtered(lambda other: other.kind in ON_PAPER):
            self._keep_letter()
            self._note_channels([self._prepare_paper("letter", is_fallback=True)])
