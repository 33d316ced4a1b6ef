"""To which number a notice is texted, and from when on."""

import pytz
from odoo import models


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    def _send_sms(self):
        """Override: note the text message; it goes out by the next job in the hours of the recipient."""
        contact, number = self._find_number()
        if not number:
            error = self.env._("There is no telephone number that can be texted.")
            return {"kind": "sms", "state": "failed", "recipient_id": self.recipient_id.id, "error": error}
        moment = self._get_moment_to_reach().astimezone(pytz.utc).replace(tzinfo=None)
        self.env.ref("credit_management.cron_dunning")._trigger(at=moment)
        return {
            "kind": "sms", "state": "open", "recipient_id": contact.id, "address": number, "date_planned": moment,
        }

    def _find_number(self):
        """Return who is texted, and the number in its international form; nothing of who does not want it."""
        for contact in self.recipient_id, self.partner_id:
            number = contact._phone_format(fname="phone")
            # whoever sends need not see who wants no texts
            if number and not contact.sudo().phone_sanitized_blacklisted:
                return contact, number
        return self.partner_id, False

    def _get_text(self):
        """Return the text message in the language of the customer."""
        own = self._in_its_language()
        # whoever sends need not see templates
        template = own.level_id.sudo().sms_template_id.with_context(lang=own.env.lang)
        return template._render_field("body", self.ids)[self.id]

    def _get_reason_for_silence(self):
        """Return why the text does not go out now; nothing where it does: everything is decided again."""
        if self.state != "sent":
            return self.env._("The notice does not count any more.")
        if not self.level_id.sudo().sms_template_id:  # whoever sends
            return self.env._("Its level has no text any more.")
        today = self.company_id._credit_today()
        _outcome, omission = self._decide_again(self.run_id._read_rules(today))
        if omission is None:
            return ""
        reasons = self.env["credit.dunning.omission"]._fields["reason"]._description_selection(self.env)
        return self.env._("Not sent: %(reason)s", reason=dict(reasons)[omission["reason"]])

    def _replace_text(self):
        """Let a letter go instead where the notice reached nobody."""
        if all(channel.state == "failed" for channel in self.channel_ids):
            self._keep_letter()
            self._note_channels([self._prepare_paper("letter", is_fallback=True)])
