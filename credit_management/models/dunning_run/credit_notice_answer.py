"""What comes back to a notice: an answer pauses the next level, a bounce takes another channel, both tell somebody."""

from datetime import timedelta

from odoo import api, fields, models

# how programs say that nobody wrote this: RFC 3834, and what came before it
AUTOMATIC = {"auto-submitted": {"no"}, "x-autoreply": set(), "x-autorespond": set(), "x-auto-response": set()}
PRECEDENCES = ("auto_reply", "bulk", "junk", "list")


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Override of `mail`: say whether a program wrote the message; what it is posted on may want to know."""
        if self._credit_is_automatic(message):
            self = self.with_context(credit_is_automatic=True)  # noqa: PLW0642
        return super()._message_route_process(message, message_dict, routes)

    @api.model
    def _credit_is_automatic(self, message):
        """Tell whether a program wrote an e-mail."""
        for header, human in AUTOMATIC.items():
            value = (message.get(header) or "").strip().lower()
            if value and value not in human:
                return True
        return (message.get("precedence") or "").strip().lower() in PRECEDENCES


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    date_answered = fields.Date("Answered On", readonly=True, copy=False, help="The day of the customer's last answer.")

    def _message_post_after_hook(self, message, msg_vals):
        """Override of `mail`: an answer of the customer pauses what would come next; what a colleague posts in its name
        does not: only the gateway posts with all rights."""
        is_inside = any(user._is_internal() for user in message.author_id.user_ids)
        is_written = message.message_type == "email" and not self.env.context.get("credit_is_automatic")
        if self.env.su and is_written and not is_inside:
            self._note_answer()
        return super()._message_post_after_hook(message, msg_vals)

    def _note_answer(self):
        """Note that the customer has answered: nothing goes further for some days, and somebody reads it."""
        for notice in self:
            company = notice.company_id.sudo()  # a message is posted by nobody in particular
            today = company._credit_today()
            days = company.credit_days_answer
            # what became of it nobody writes by hand
            notice.sudo().write({
                "date_answered": today,
                "date_paused_to": days and max(notice.date_paused_to or today, today + timedelta(days=days)),
            })
            notice._tell_responsible(lambda env: env._("The customer has answered"))

    def _tell_responsible(self, get_summary, note=""):
        """Make a task of whoever is responsible, unless the same one is open."""
        # a message is posted by nobody in particular
        user = self.user_id or self.run_id.user_id or self.company_id.sudo().credit_controller_id
        if not user:
            return
        own = self.sudo().with_context(lang=user.lang)  # a message is posted by nobody in particular
        summary = get_summary(own.env)
        if summary not in own.activity_ids.mapped("summary"):
            own.activity_schedule(
                "mail.mail_activity_data_todo", summary=summary, note=note, user_id=user.id,
                date_deadline=self.company_id._credit_today(),
            )

    def _message_receive_bounce(self, email, partner):
        """Override of `mail`: the e-mail could not be delivered, so a letter goes instead. It pauses nothing."""
        super()._message_receive_bounce(email, partner)
        for notice in self.sudo():  # a bounce comes from nobody
            sent = notice.channel_ids.filtered(lambda channel: channel.kind == "email")
            sent = sent.filtered(lambda channel: channel.state in ("open", "sent"))
            if not sent or notice.is_test:
                continue
            sent.write({"state": "bounced", "error": self.env._("It came back from %(address)s.", address=email)})
            notice._replace_bounced()
            notice._tell_responsible(
                lambda env: env._("The e-mail came back: check the address, and print the letter")
            )

    def _replace_bounced(self):
        if not any(channel.kind in ("letter", "registered") for channel in self.channel_ids):
            self._keep_letter()
            self._note_channels([self._prepare_paper("letter", is_fallback=True)])

    # -- in one click ------------------------------------------------------------------------------

    def action_make_promise(self):
        """Open a new promise of what the notice asks for."""
        self.ensure_one()
        self.check_access("read")
        still = self._get_open_invoices()
        return self._open_new(
            "credit.promise", self.env._("Note a Promise"), default_profile_id=self._get_file().id,
            default_invoice_ids=still.ids, default_currency_id=self.currency_id.id,
            default_amount=sum(still.mapped("amount_residual")),
        )

    def action_make_dispute(self):
        """Open a new dispute of the oldest invoice of the notice."""
        self.ensure_one()
        self.check_access("read")
        invoice = self._get_open_invoices()[:1]
        return self._open_new(
            "credit.dispute", self.env._("New Dispute"), default_move_id=invoice.id,
            default_amount=invoice.amount_residual,
        )

    def _get_open_invoices(self):
        # which they are; what may be read of them is checked where they are shown
        moves = self.sudo().line_ids.filtered(lambda line: line.amount > 0).move_id
        own = moves.filtered(lambda move: move.currency_id == self.currency_id)
        # see above
        return own.filtered(lambda move: move.amount_residual > 0).sudo(False)

    def _get_file(self):
        return self.profile_id or self.env["credit.profile"]._ensure(self.partner_id, self.company_id)

    def _open_new(self, model, name, **context):
        return {
            "type": "ir.actions.act_window", "name": name, "res_model": model, "views": [(False, "form")],
            "target": "new", "context": context,
        }


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_days_answer = fields.Integer(
        "Pause After an Answer", default=7,
        help="So many days after a customer has answered a notice, nothing further is sent to it. 0: it goes on. "
        "Automatic replies pause nothing.",
    )

    _credit_days_answer_not_negative = models.Constraint(
        "CHECK (credit_days_answer BETWEEN 0 AND 365)", "The pause after an answer is 0 to 365 days."
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_days_answer = fields.Integer(related="company_id.credit_days_answer", readonly=False)
