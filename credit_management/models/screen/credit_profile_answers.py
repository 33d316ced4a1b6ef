"""What a customer answers at the portal: "I pay on…", "I do not agree". Nothing of it loosens a check."""

from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from .credit_profile_portal import REASON_LENGTH

DAYS_AHEAD = 365  # a day further away is a slip of the pen


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _is_payable_online(self, block):
        """Tell whether what a statement asks for can be paid at the portal: it is switched on, and there is a way."""
        if not block.due or not block.invoices:
            return False
        return self.company_id._credit_takes_online(self.env.user.partner_id, block.due, block.currency)

    # -- I pay on… ---------------------------------------------------------------------------------

    def _get_portal_promise(self):
        """Return the sentence about the customer's own open promise, empty without one."""
        # a portal user has no rights on promises: the profile was found by its partner
        promises = self.env["credit.promise"].sudo().search(
            [("profile_id", "=", self.id), ("user_id.share", "=", True), ("state", "=", "open")], limit=1
        )
        if not promises:
            return ""
        return self.env._(
            "You told us that you pay %(amount)s on %(date)s. Thank you.",
            amount=promises.currency_id.format(promises.amount),
            date=format_date(self.env, promises.date_promised),
        )

    def _promise_from_portal(self, currency, amount_text, date_text, note):
        """Note on which day the customer pays, in the name of the current portal user.

        :raise UserError: for bad input, or while another promise of theirs is open
        """
        self.ensure_one()
        today = self.company_id._credit_today()
        blocks = self._get_statement_blocks(self._get_open_items(today), today)
        block = next((block for block in blocks if block.currency.name == currency and block.due), None)
        if not block:
            raise UserError(self.env._("Nothing is to be paid at the moment."))
        amount = self._read_portal_amount(amount_text, block.currency)
        if not 0 < amount <= block.total:
            raise UserError(self.env._("Please enter what you pay: an amount up to what is open."))
        day = self._read_portal_day(date_text, today)
        self._lock()
        if self._get_portal_promise():
            raise UserError(self.env._("You have told us a day already. Please call us if it changes."))
        # a portal user has no rights on promises; profile and input were checked above
        promise = self.env["credit.promise"].sudo().create(
            {
                "profile_id": self.id, "amount": amount, "currency_id": block.currency.id, "date_noted": today,
                "date_promised": day, "user_id": self.env.uid, "note": (note or "").strip()[:REASON_LENGTH],
                "invoice_ids": [Command.set(block.invoices.ids)],
            }
        )
        self._tell_controller(
            lambda profile: profile.env._(
                "The customer says at the portal that it pays %(amount)s on %(date)s.",
                amount=promise.currency_id.format(amount),
                date=format_date(profile.env, day),
            )
        )
        return promise

    def _read_portal_day(self, text, today):
        """Return the day typed.

        :raise UserError: when it is none, has passed, or is more than a year away
        """
        try:
            day = self.env["credit.promise"]._fields["date_promised"].to_date(text)
        except ValueError:
            day = None
        if not day or not today <= day <= today + timedelta(days=DAYS_AHEAD):
            raise UserError(self.env._("Please enter the day on which you pay: today or later, within a year."))
        return day

    # -- I do not agree ----------------------------------------------------------------------------

    def _disagree_from_portal(self, move_id, reason):
        """Put on the credit controller's desk what the customer contests.

        It is no dispute yet: what is disputed is not overdue, and nobody takes own invoices out of the rules.

        :param move_id: the invoice it is about, if any was named
        :raise UserError: without a reason, or with one that is too long
        """
        self.ensure_one()
        reason = self._check_portal_words(reason)
        items = self._get_open_items(self.company_id._credit_today())
        name = next((item.move.name for item in items if item.move.id == move_id), "")
        words = f"{name}: {reason}" if name else reason
        self._tell_controller(
            lambda profile: profile.env._("The customer does not agree. %(words)s", words=words), is_task=True
        )

    def _check_portal_words(self, words):
        words = (words or "").strip()
        if not words:
            raise UserError(self.env._("Please tell us what is wrong."))
        if len(words) > REASON_LENGTH:
            raise UserError(self.env._("Please shorten it to %(count)s characters.", count=REASON_LENGTH))
        return words

    def _tell_controller(self, say, is_task=False):
        """Tell the credit controller what the customer said, in the controller's language."""
        own = self.sudo()  # a portal user writes nothing here but these words
        controller = own.controller_id or own.company_id.credit_controller_id
        told = own.with_context(lang=controller.lang or own.env.lang)
        author = self.env.user.partner_id
        told.message_post(body=say(told), author_id=author.id, partner_ids=controller.partner_id.ids)
        if is_task and controller:
            told.activity_schedule(
                "mail.mail_activity_data_call", summary=told.env._("The customer does not agree"),
                user_id=controller.id, date_deadline=own.company_id._credit_today(),
            )
