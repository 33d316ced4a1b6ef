"""What is said about a hold: sales asks for a release and says why, the controller asks sales and gets an answer.

Both stay on the hold, in words: the last request and the last question as fields, everything in its messages. The tasks
that they give, on the hold and on the document, end with the hold.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .credit_hold_message import as_markup


class CreditHold(models.Model):
    _inherit = "credit.hold"

    request_note = fields.Text("What Sales Says", readonly=True, help="Why the document should be released.")
    promise_id = fields.Many2one(
        "credit.promise",
        "Payment Promised",
        readonly=True,
        ondelete="set null",
        help="What the customer promised with it.",
    )
    request_words = fields.Char("Request in Words", compute="_compute_words", help="Who asks, and what was promised.")
    question_words = fields.Char("Question in Words", compute="_compute_words", help="What is not answered yet.")
    question = fields.Text(readonly=True, help="What the credit controller wants to know from the salesperson.")
    question_user_id = fields.Many2one("res.users", "Question By", readonly=True)
    question_activity_id = fields.Many2one(
        "mail.activity",
        "Task of the Question",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The task of the salesperson. Empty: nothing was asked, or it was answered.",
    )

    @api.depends("requester_id", "promise_id", "question", "question_user_id")
    @api.depends_context("lang")
    def _compute_words(self):
        for hold in self:
            asks = self.env._("%(user)s asks for a release.", user=hold.requester_id.name or "")
            hold.request_words = " ".join(filter(None, [asks, hold.promise_id.words]))
            hold.question_words = self.env._(
                "%(user)s asks the salesperson, no answer yet: %(question)s",
                user=hold.question_user_id.name or "",
                question=hold.question or "",
            )

    # -- sales asks for a release ------------------------------------------------------------------

    def _request_release(self, user, note="", date_payment=None, amount_payment=0.0, attachments=None):
        """Note who asks for a release and what is said, and call the controller. It answers an open question, too.

        :param str note: why
        :param date_payment: the day on which the customer pays, with the amount in company currency: a promise
        :param attachments: the `ir.attachment` of the evidence
        """
        self.ensure_one()
        promise = self._note_promise(user, note, date_payment, amount_payment)
        values = {"is_requested": True, "requester_id": user.id}
        self.write({**values, "request_note": note, "promise_id": promise.id})
        self._close_question()
        said = self._get_said()
        self._put_down(
            self.env._("%(user)s asks for a release. %(reason)s", user=user.name, reason=said), attachments
        )
        self._schedule_for_controller(lambda hold: hold._get_said())

    def _get_said(self):
        """Return why sales asks for a release, and what the customer promised."""
        return "\n".join(filter(None, [self.request_note or self.reason, self.promise_id.words]))

    def _note_promise(self, user, note, date_payment, amount_payment):
        """Note what the customer promised to pay, in the name of whoever passes it on."""
        Promise = self.env["credit.promise"].sudo()  # a salesperson passes on what the customer said
        if not date_payment:
            return Promise
        values = {"profile_id": self.profile_id.id, "currency_id": self.currency_id.id, "user_id": user.id}
        promised = {"amount": amount_payment, "date_promised": date_payment, "note": note or False}
        return Promise.create({**values, **promised})

    def _put_down(self, text, attachments=None):
        """Write on the hold what was said, with what was attached, and tell whoever has it on the desk."""
        # uploaded by whoever says it, for this: it belongs to the hold from now on
        attached = (attachments or self.env["ir.attachment"]).sudo().filtered(
            lambda file: not file.res_id and file.create_uid == self.env.user
        )
        attached.write({"res_model": self._name, "res_id": self.id})
        others = self.controller_id.partner_id - self.env.user.partner_id
        self.message_post(body=text, attachment_ids=attached.ids, partner_ids=others.ids)

    # -- the controller asks sales -----------------------------------------------------------------

    def action_ask_salesperson(self):
        """Open the dialog with the question to the salespeople of these holds."""
        self._check_may_ask()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask the Salesperson"),
            "res_model": "credit.hold.question",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_hold_ids": self.ids},
        }

    def _check_may_ask(self):
        if not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(self.env._("Only credit controllers and credit managers ask salespeople about holds."))
        self.check_access("read")

    def _ask_salespeople(self, question):
        """Ask the salespeople of these holds for what is missing to decide.

        :return: the action that tells who got a task
        :rtype: dict
        :raise AccessError: without the rights of a credit controller
        :raise UserError: for a hold that is closed
        """
        self._check_may_ask()
        self._check_open()
        asked = self.sudo().filtered("salesperson_id")  # the controller may not open the document
        for hold in asked:
            hold.with_context(lang=hold.salesperson_id.lang or self.env.lang)._ask_salesperson(question)
        if not asked:
            nobody = self.env._("Nobody was asked: these documents have no salesperson.")
            return self._get_notification(nobody, "warning")
        people = ", ".join(asked.salesperson_id.mapped("name"))
        return self._get_notification(self.env._("A task was given to %(people)s.", people=people))

    def _ask_salesperson(self, question):
        """Give the salesperson a task on the document, instead of the one that is there already."""
        self._close_question()
        task = self._get_document().activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Credit hold: what does the customer say?"),
            note=as_markup("\n".join(filter(None, [question, self.reason]))),
            user_id=self.salesperson_id.id,
        )
        self.write({"question": question, "question_user_id": self.env.uid, "question_activity_id": task.id})
        self.message_post(
            body=self.env._("%(user)s asks the salesperson: %(question)s", user=self.env.user.name, question=question)
        )

    def _close_question(self):
        """End the task of the salesperson: it was answered, or there is nothing to decide any more."""
        tasks = self.sudo().question_activity_id  # on a document that whoever decides may not write
        if tasks:
            self.sudo().question_activity_id = False  # see above
            tasks.exists().unlink()

    def _get_question_text(self):
        """Return what the controller wants to know, while it is not answered."""
        if not self.question_activity_id:
            return ""
        return self.env._("%(user)s asks: %(question)s", user=self.question_user_id.name, question=self.question)

    def _note_answer(self, answer):
        """Write down what the salesperson says to the question."""
        self.question_activity_id = False
        self._put_down(
            self.env._("%(user)s answers: %(answer)s", user=self.env.user.name, answer=answer or self.env._("done"))
        )


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        """Override of `mail`: what a salesperson writes when the task is done is the answer to the question."""
        # the list of holds is the controllers'
        holds = self.env["credit.hold"].sudo().search([("question_activity_id", "in", self.ids)])
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        for hold in holds:
            hold._note_answer(feedback)
        return result
