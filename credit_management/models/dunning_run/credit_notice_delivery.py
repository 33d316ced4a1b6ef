"""How a notice goes out, and never twice: claimed, decided again, handed to the mail server, marked (不重复发送).

1. `_claim`: the notice is *being sent*, in a transaction of its own. Nothing has left yet.
2. In the next transaction it is locked, and everything is decided again; what is to be written is written and flushed.
3. The e-mail is handed to the server. Nothing but its result is written after that, and the transaction is committed.

A server that is killed between 1 and 3 leaves a notice that is *being sent* by nobody: nobody knows whether it arrived.
`_note_unknown` says so, and only a person sends it again. An error before the hand-over is none of these: the notice is
prepared again, or left out with the error. Its `mail.mail` never is in Odoo's queue: it lives in the transaction of 2.
"""

import logging

import psycopg2
from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mail import generate_tracking_message_id

_logger = logging.getLogger(__name__)
ERROR_MOST = 500  # characters of an error that are kept: all of it is in the server's log


class MailServerIsDownError(Exception):
    """No e-mail can be sent at the moment: nothing has left, and no other notice could be sent either."""


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    is_sent_again = fields.Boolean(
        "To Be Sent Again", readonly=True, copy=False, help="Somebody has asked for it: it may have been lost."
    )

    def _send_one(self):
        """Send a notice, unless there is a reason not to any more; commits by itself.

        :raise MailServerIsDownError: nothing was sent, and the notice is prepared as before
        """
        self.ensure_one()
        own = self.with_context(tracking_disable=True)  # each step would be a message of its own
        if not own._claim():
            return
        handed = []
        try:
            own._send_claimed(handed)
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
        """Take a notice in hand; return whether it is ours."""
        try:
            if not self.try_lock_for_update() or self.state not in ("draft", "unknown"):
                return False
        except psycopg2.errors.SerializationFailure:  # somebody else has just had it in hand
            self.env.cr.rollback()
            return False
        reference = generate_tracking_message_id(f"{self.id}-credit.notice")
        self._update_state(
            "sending", name=self.name or self._get_next_number(), message_reference=reference, is_sent_again=False
        )
        self._portal_ensure_token()
        self._commit()
        return True

    def _get_next_number(self):
        # its number is of its company, whoever sends
        return self.env["ir.sequence"].sudo().with_company(self.company_id).next_by_code(self._name)

    def _send_claimed(self, handed):
        """Decide again, and send.

        :param list handed: gets something once the e-mail is handed to the server
        """
        if not self.try_lock_for_update() or self.state != "sending":
            return
        outcome, omission = self._decide_again()
        if omission is not None:
            self.claim_ids._cancel()
            self._leave_out(outcome, omission)
            return
        self._refresh(outcome)
        claims = self._make_claims(self.company_id._credit_today())
        if not self.is_test:
            claims._set_claimed()
        self._mark_sent()
        self._deliver(handed)

    def _give_back(self, error):
        """Bring a notice back of which nothing has left: prepared as before, or left out with the error."""
        if isinstance(error, MailServerIsDownError):
            self.sudo().write({"state": "draft"})  # the way back of `_claim`, for what was not sent
        else:
            text = str(error)[:ERROR_MOST] or type(error).__name__
            self._update_state("left_out", reason=self.env._("It could not be sent: %(error)s", error=text))
        self._commit()

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
        for notice in lost:
            notice._update_state("unknown")
            user = notice.user_id or notice.run_id.user_id or self.env.user
            own = notice.with_context(lang=user.lang)
            own.activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, date_deadline=notice.company_id._credit_today(),
                summary=own.env._("Did this notice arrive?"),
                note=own.env._(
                    "The server stopped while the notice was being sent. Look for %(reference)s in the log of the mail "
                    "server, or ask the customer; then send it again, or note that it arrived.",
                    reference=notice.message_reference,
                ),
            )
        self._commit()
        return lost

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
        self.env["credit.dunning.run"]._trigger()
        return True

    def action_note_arrived(self):
        """Note that notices did arrive of which that was not known.

        :raise AccessError: without the rights to send notices
        """
        self._check_may_send()
        self.filtered(lambda notice: notice.state == "unknown")._update_state("sent", date_sent=fields.Datetime.now())
        return True

    def _check_may_send(self):
        self.check_access("read")
        if not (
            self.env.user.has_group("credit_management.group_credit_controller")
            or self.env.user.has_group("account.group_account_invoice")
        ):
            raise AccessError(self.env._("Only credit controllers and accountants send notices."))
