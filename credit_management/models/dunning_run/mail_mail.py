"""A notice's e-mail is never put into Odoo's queue, where it would go without a decision."""

from odoo import models
from odoo.exceptions import UserError


class MailMail(models.Model):
    _inherit = "mail.mail"

    def mark_outgoing(self):
        """Override of `mail`: what was decided then may be wrong now.

        :raise UserError: for the e-mail of a notice
        """
        if any(mail.model == "credit.notice" for mail in self):
            raise UserError(
                self.env._(
                    "The e-mail of a dunning notice is not sent again from here: the customer may have paid since. The "
                    "next run decides again; a notice of which nobody knows whether it arrived has a button of its own."
                )
            )
        return super().mark_outgoing()
