"""What the gateway says of a text message afterwards is noted on the notice."""

from odoo import models

STATES = {"exception": "failed", "bounce": "bounced"}


class SmsTracker(models.Model):
    _inherit = "sms.tracker"

    def _update_sms_notifications(self, notification_status, failure_type=False, failure_reason=False):
        """Override: the channel of the notice learns it, too."""
        super()._update_sms_notifications(notification_status, failure_type, failure_reason)
        # a report comes from nobody in particular
        channels = self.env["credit.notice.channel"].sudo().search([("sms_uuid", "in", self.mapped("sms_uuid"))])
        for channel in channels:
            if notification_status == "sent":
                day = channel.company_id._credit_today()
                channel.write({"state": "sent", "error": False, "proof": "delivered", "proof_date": day})
            elif notification_status in STATES:
                text = channel._get_failure_text(failure_type, failure_reason)
                channel.write({"state": STATES[notification_status], "error": text})
