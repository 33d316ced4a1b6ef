"""How a notice goes out, and never twice: claimed, decided again, handed to the mail server, marked (不重复发送).

1. `_claim`: the notice is *being sent*, in a transaction of its own. Nothing has left yet.
2. In the next transaction it is locked, and everything is decided again; what is to be written is written and flushed.
3. The e-mail is handed to the server. Nothing but its result is written after that, and the transaction is committed.

A server that is killed between 1 and 3 leaves a notice that is *being sent* by nobody: nobody knows whether it arrived.
`_note_unknown` says so, and only a person sends it again. An error before the hand-over is none of these: the notice is
prepared again, or left out with the error. Its `mail.mail` never is in Odoo's queue: it lives in the transaction of 2.
"""

import logging
from collections import namedtuple

import psycopg2
from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL
from odoo.tools.mail import generate_tracking_message_id

_logger = logging.getLogger(__name__)
ERROR_MOST = 500  # characters of an error that are kept: all of it is in the server's log


# what is read for many notices: the run's rules, whose notice it is, what it said then and of which day, whether it
# claims something, its e-mail
Ready = namedtuple("Ready", "rules key date content has_claims mail")


class MailServerIsDownError(Exception):
    """No e-mail can be sent at the moment: nothing has left, and no other notice could be sent either."""


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    is_sent_again = fields.Boolean(
        "To Be Sent Again", readonly=True, copy=False, help="Somebody has asked for it: it may have been lost."
    )

    def _send_one(self, ready=None):
        """Send a notice, unless there is a reason not to any more; commits by itself.

        :param Ready ready: what `_make_ready` has read, for many of them
        :raise MailServerIsDownError: nothing was sent, and the notice is prepared as before
        """
        self.ensure_one()
        own = self.with_context(tracking_disable=True)  # each step would be a message of its own
        ready = ready or own._make_ready()[self.id]
        own = own.with_company(ready.rules.company)
        if not own._claim():
            return
        handed = []
        try:
            own._send_claimed(ready, handed)
            own._commit()
        except MailServerIsDownError as error:
            own.env.cr.rollback()
            own._give_back(error)
            raise
        except Exception as error:
            own.env.cr.rollback()
            _logger.exception("Notice %s: %s", self.id, "it may have arrived" if handed else "it was not sent")
            if handed:
                own._note_unknown()
            else:
                own._give_back(error)

    def _commit(self):
        # what was sent is marked at once, whatever becomes of the others
        self.env.cr.commit()  # pylint: disable=invalid-commit

    def _claim(self):
        """Take a notice in hand, in a transaction of its own; return whether it is ours, and its run goes on.

        One statement that asks and says it: between two of them somebody could stop the run, or claim it, too.
        """
        try:
            self.env.cr.execute(self._get_claim_sql())
        except psycopg2.errors.SerializationFailure:  # somebody has just had it in hand
            self.env.cr.rollback()
            return False
        is_ours = bool(self.env.cr.fetchall())
        self.invalidate_recordset()
        self._commit()
        return is_ours

    def _get_claim_sql(self):
        return SQL(
            """
            UPDATE credit_notice n
               SET state = 'sending', is_sent_again = FALSE, write_date = now() AT TIME ZONE 'UTC'
              FROM credit_dunning_run r
             WHERE n.id = %s AND r.id = n.run_id
               AND (n.state = 'draft' AND r.state = 'sending' OR n.state = 'unknown' AND n.is_sent_again)
            RETURNING n.id
            """,
            self.id,
        )

    def _send_claimed(self, ready, handed):
        """Decide again, and send. It is marked before the hand-over, in the same transaction: who has touched the
        notice since lets that fail, and nothing is sent.

        :param list handed: gets something once the e-mail is handed to the server
        """
        outcome, omission = self._decide_again(ready.rules, ready.key)
        if omission is not None:
            self.claim_ids._cancel()
            self.channel_ids.sudo().unlink()  # it goes out by none
            self._leave_out(outcome, omission)
            return
        mail = ready.mail
        if self._get_content_of(outcome) != ready.content or ready.date != ready.rules.day:
            self._say_anew(outcome, ready.rules.day)
            mail = None  # it is written anew
        if ready.has_claims and not self.is_test:
            self.claim_ids._set_claimed()
        self._mark_sent()
        self._deliver(mail, handed)

    def _mark_sent(self):
        """Say that it was sent, in one statement that makes sure that it still is the one that was claimed; the level
        of its items is known from now on.

        :raise UserError: when somebody else has had it in hand
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE credit_notice SET state = 'sent', date_sent = %(now)s, write_date = %(now)s
                 WHERE id = %(id)s AND state = 'sending'
                RETURNING id
                """,
                now=fields.Datetime.now(), id=self.id,
            )
        )
        if not self.env.cr.fetchall():
            raise UserError(self.env._("It is not being sent any more."))
        self.invalidate_recordset()

    def _say_anew(self, outcome, day):
        """Let the notice say what is due and claimed now."""
        self._refresh(outcome)
        self.sudo().date = day  # what it says nobody writes by hand
        self._make_claims(day)

    def _give_back(self, error):
        """Bring a notice back of which nothing has left: prepared as before, or left out with the error."""
        if self.state == "sending":
            if isinstance(error, MailServerIsDownError):
                self.sudo().write({"state": "draft"})  # the way back of `_claim`, for what was not sent
            else:
                text = str(error)[:ERROR_MOST] or type(error).__name__
                self._update_state("left_out", reason=self.env._("It could not be sent: %(error)s", error=text))
        self._commit()

    # -- many of them ------------------------------------------------------------------------------

    def _make_ready(self):
        """Give notices of one run their numbers, and return what is the same for all of them or can be written before
        the decision: ``{id: Ready}``. Who sends one by one reads it again after each commit.
        """
        run = self.run_id
        today = run.company_id._credit_today()
        rules = run._read_rules(today)
        self._make_claims(today)
        for notice in self:
            # what a notice is called nobody writes by hand
            notice.sudo().write({
                "name": notice.name or notice._get_next_number(),
                "message_reference": generate_tracking_message_id(f"{notice.id}-credit.notice"),
            })
            notice._portal_ensure_token()
        self._plan_email()
        ready = {
            notice.id: Ready(
                rules, notice._get_key(), notice.date, notice._get_content(), bool(notice.claim_ids),
                notice._try_to_write(),
            )
            for notice in self
        }
        self._commit()
        return ready

    def _try_to_write(self):
        """Return the e-mail as far as it can be written before the decision; nothing where that goes wrong: it goes
        wrong again when its turn comes, and stops no other."""
        try:
            with self.env.cr.savepoint():
                address = self._get_address()
                return address and self._prepare_email(address)
        except Exception:
            _logger.info("Notice %s could not be written", self.id, exc_info=True)
            return None

    def _get_next_number(self):
        # its number is of its company, whoever sends
        return self.env["ir.sequence"].sudo().with_company(self.company_id).next_by_code(self._name)

    # -- afterwards --------------------------------------------------------------------------------

    def _undo(self, reason):
        """Override: what was claimed is not claimed any more, and nobody calls or prints; what was booked stays."""
        undone = super()._undo(reason)
        staying = undone.claim_ids._cancel()
        for notice, claims in staying.grouped("notice_id").items():
            text = self.env._("Stays, as it is booked: %(amount)s.", amount=claims._get_total_text())
            notice.sudo()._message_log(body=text)  # whoever may undo was checked
        undone.sudo().activity_ids.unlink()  # see above
        undone.channel_ids.sudo().filtered(lambda channel: channel.state == "open").write(  # see above
            {"state": "failed", "error": reason}
        )
        return undone

    # -- unknown -----------------------------------------------------------------------------------

    def _note_unknown(self):
        """Note those that are being sent by nobody: the server stopped, and they may have arrived."""
        lost = self.filtered(lambda notice: notice.state == "sending").try_lock_for_update()
        lost._ask_whether_they_arrived()
        self._commit()
        return lost

    def _ask_whether_they_arrived(self):
        """Note that nobody knows whether notices arrived, and make it a task to find out."""
        for notice in self:
            notice._update_state("unknown")
            user = notice.user_id or notice.run_id.user_id or self.env.user
            own = notice.with_context(lang=user.lang)
            own.activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, date_deadline=notice.company_id._credit_today(),
                summary=own._get_question(),
                note=own.env._(
                    "The server stopped while the notice was being sent. Look for %(reference)s in the log of the mail "
                    "server, or ask the customer; then send it again, or note that it arrived.",
                    reference=notice.message_reference,
                ),
            )

    def action_send_again(self):
        """Send notices again of which nobody knows whether they arrived: it is decided again whether they go.

        :raise AccessError: without the rights to send notices
        :raise UserError: for any other notice
        """
        self._check_may_send()
        known = self.filtered(lambda notice: notice.state != "unknown")
        if known:
            raise UserError(
                self.env._(
                    "%(notice)s is known to be sent, or not to be. Only what may have been lost is sent again.",
                    notice=known[0].display_name,
                )
            )
        self.sudo().write({"is_sent_again": True})  # written by steps only
        self.env["credit.dunning.run"]._trigger_job()
        return True

    def action_note_arrived(self):
        """Note that notices did arrive of which that was not known.

        :raise AccessError: without the rights to send notices
        """
        self._check_may_send()
        arrived = self.filtered(lambda notice: notice.state == "unknown")._update_state(
            "sent", date_sent=fields.Datetime.now(), is_sent_again=False
        )
        arrived.filtered(lambda notice: not notice.is_test).claim_ids._set_claimed()
        arrived._mark_emails()
        arrived._tell_documents()
        arrived._forget_question()
        return True

    def _forget_question(self):
        """Take the task away that asks whether a notice arrived: somebody has answered it."""
        for task in self.sudo().activity_ids:  # whoever may send may answer, also for a colleague
            if task.summary == self.with_context(lang=task.user_id.lang)._get_question():
                task.unlink()

    def _get_question(self):
        return self.env._("Did this notice arrive?")

    def _check_may_send(self):
        self.check_access("read")
        if not (
            self.env.user.has_group("credit_management.group_credit_controller")
            or self.env.user.has_group("account.group_account_invoice")
        ):
            raise AccessError(self.env._("Only credit controllers and accountants send notices."))
