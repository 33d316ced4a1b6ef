"""What is written on a record of credit stays: nobody rewrites, moves or deletes a message there, or signs for another.

Odoo lets whoever may write a record rewrite the messages on it, and choose who wrote them, and when; here they are
evidence.
"""

from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError

KEPT = {"body", "subject", "model", "res_id", "author_id", "email_from", "date", "message_type", "attachment_ids"}


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a person writes on records of credit in their own name, and now."""
        messages = super().create(vals_list)
        if not self.env.su:
            # asked of the messages, not of the values: also where they came as defaults of the context
            messages.sudo().filtered(lambda message: _is_of_credit(message.model))._credit_sign(self.env.user)
        return messages

    def _credit_sign(self, user):
        """Say of these messages, just written with all rights, who wrote them, and when."""
        author = user.partner_id
        for message in self:
            if message.author_id != author or message.author_guest_id:
                sender = {"author_id": author.id, "author_guest_id": False, "email_from": author.email_formatted}
                message.write(sender)
            if abs(message.date - message.create_date) > timedelta(minutes=1):
                message.date = message.create_date

    def write(self, vals):
        """Override: see `_credit_check_kept`. Nor does a message of another record become one of a record of credit."""
        if KEPT & vals.keys():
            self._credit_check_kept(vals.get("model"))
        return super().write(vals)

    def unlink(self):
        """Override: see `_credit_check_kept`."""
        self._credit_check_kept()
        return super().unlink()

    def _credit_check_kept(self, model=None):
        """Refuse to persons what would change the record of what was said.

        :param str model: to whose records the messages are moved
        :raise AccessError: naming the way forward
        """
        # the models alone, also of messages that this user may not read
        if not self.env.su and any(map(_is_of_credit, [model, *self.sudo().mapped("model")])):
            raise AccessError(self.env._("Messages of credit are part of the record. Write another one instead."))


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_compute_author(self, author_id=None, email_from=None):
        """Override of `mail`: whoever is told by mail what is said on a record of credit reads who said it."""
        is_own = _is_of_credit(self._name) and not self.env.su
        return super()._message_compute_author(*(() if is_own else (author_id, email_from)))

    def _check_can_update_message_content(self, messages):
        """Override of `mail`: the client rewrites and empties messages on this way, with all rights."""
        messages.sudo(False)._credit_check_kept()  # the rights of whoever asks
        return super()._check_can_update_message_content(messages)


def _is_of_credit(model):
    return (model or "").startswith("credit.")
