"""How a text message goes out, and never twice: first its row says that it may have arrived, then it is sent."""

import logging

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
TAKEN = ("process", "pending", "sent")  # the gateway has it


class CreditNoticeChannel(models.Model):
    _inherit = "credit.notice.channel"

    date_planned = fields.Datetime("Not Before", readonly=True, help="When the hours of whoever gets it begin.")
    sms_uuid = fields.Char(readonly=True, index="btree_not_null", help="How the gateway calls the text message.")

    @api.model
    def _send_due_texts(self):
        """Send the text messages whose hour has come, a transaction for each."""
        now = self.env["credit.notice"]._get_moment()
        due = self.search([("kind", "=", "sms"), ("state", "=", "open"), ("date_planned", "<=", now)])
        for channel in due.sorted("id"):
            channel.with_company(channel.company_id)._send_text()
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _send_text(self):
        """Send one text message, unless there is a reason not to any more; commits by itself."""
        if not self._claim_text():
            return
        try:
            with self.env.cr.savepoint():
                self._send_claimed_text()
        except Exception as error:
            _logger.exception("Text message of notice %s", self.notice_id.id)
            self.sudo().error = str(error) or type(error).__name__  # noted by steps only
        self._commit_text()

    def _claim_text(self):
        """Note that the text may have arrived, before it is sent; return whether it is ours."""
        error = self.env._("The server stopped while it was being sent: it may have arrived.")
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE credit_notice_channel SET state = 'failed', error = %s WHERE id = %s AND state = 'open' "
                "RETURNING id", error, self.id,
            )
        )
        is_ours = bool(self.env.cr.fetchall())
        self.invalidate_recordset()
        self._commit_text()
        return is_ours

    def _commit_text(self):
        # what was sent is marked at once, whatever becomes of the others
        self.env.cr.commit()  # pylint: disable=invalid-commit

    def _send_claimed_text(self):
        notice, own = self.notice_id, self.sudo()  # noted by steps only
        silence = notice._get_reason_for_silence()
        if silence:
            own.error = silence
            return
        # whoever sends may not see text messages
        sms = self.env["sms.sms"].sudo().create(
            {"number": self.address, "body": notice._get_text(), "partner_id": self.recipient_id.id}
        )
        own.sms_uuid = sms.uuid
        self.env["sms.tracker"].sudo().create({"sms_uuid": sms.uuid})  # see above
        sms.send()
        if sms.state in TAKEN:
            own.write({"state": "sent", "error": False})
            return
        if sms.state == "outgoing":
            sms.action_set_canceled()  # the queue would send it without a decision
        own.error = self._get_failure_text(sms.failure_type)
        notice._replace_text()

    def _get_failure_text(self, failure, reason=""):
        labels = dict(self.env["mail.notification"]._fields["failure_type"]._description_selection(self.env))
        return labels.get(failure) or reason or failure or self.env._("The gateway did not take it.")
