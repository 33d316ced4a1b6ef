"""What is written on a record of credit stays: nobody rewrites, moves or deletes a message there.

Odoo lets whoever may write a record rewrite the messages on it; here they are evidence.
"""

from odoo import models
from odoo.exceptions import AccessError

KEPT = {"body", "subject", "model", "res_id", "author_id", "email_from", "date", "message_type", "attachment_ids"}


class MailMessage(models.Model):
    _inherit = "mail.message"

    def write(self, vals):
        """Override: see `_credit_check_kept`."""
        if KEPT & vals.keys():
            self._credit_check_kept()
        return super().write(vals)

    def unlink(self):
        """Override: see `_credit_check_kept`."""
        self._credit_check_kept()
        return super().unlink()

    def _credit_check_kept(self):
        """Refuse to persons what would change the record of what was said.

        :raise AccessError: naming the way forward
        """
        # the models alone, also of messages that this user may not read
        if not self.env.su and any(_is_of_credit(message.model) for message in self.sudo()):
            raise AccessError(self.env._("Messages of credit are part of the record. Write another one instead."))


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _check_can_update_message_content(self, messages):
        """Override of `mail`: the client rewrites and empties messages on this way, with all rights."""
        messages.sudo(False)._credit_check_kept()  # the rights of whoever asks
        return super()._check_can_update_message_content(messages)


def _is_of_credit(model):
    return (model or "").startswith("credit.")
