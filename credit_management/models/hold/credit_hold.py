"""Holds: documents stopped on credit, and how they get free (冻结)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class CreditHold(models.Model):
    _name = "credit.hold"
    _description = "Credit Hold"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _mail_post_access = "read"

    profile_id = fields.Many2one("credit.profile", required=True, index=True, ondelete="cascade", readonly=True)
    partner_id = fields.Many2one(related="profile_id.partner_id", string="Customer", store=True)
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", required=True, readonly=True)
    document_name = fields.Char("Document Name", readonly=True)
    checkpoint = fields.Selection(
        lambda self: self.env["credit.policy.rule"]._get_logged_checkpoints(self._name),
        readonly=True,
        help="The step that was stopped.",
    )
    decision_id = fields.Many2one("credit.decision", readonly=True, help="The decision that stopped the document.")
    reason = fields.Text("Reasons", compute="_compute_reason", help="Why the document was stopped, with figures.")
    state = fields.Selection(
        [
            ("open", "On hold"),
            ("released", "Released"),
            ("cured", "Cured"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        default="open",
        required=True,
        readonly=True,
        tracking=True,
        index=True,
        help="Cured: the cause is gone by itself. Cancelled: the document was cancelled or deleted.",
    )
    is_forced = fields.Boolean("Forced", readonly=True, help="A forced hold never falls by itself.")
    forced_reason = fields.Char(readonly=True, help="Why somebody forced the hold.")
    amount = fields.Monetary("Document Amount", readonly=True, help="In company currency, tax included.")
    amount_over = fields.Monetary("Over By", readonly=True, help="By how much the limit would be exceeded.")
    requester_id = fields.Many2one(
        "res.users", "Stopped For", readonly=True, help="Who took the stopped step. This person cannot release it."
    )
    salesperson_id = fields.Many2one("res.users", readonly=True, help="Who is told when the document is free.")
    controller_id = fields.Many2one("res.users", "On the Desk Of", readonly=True, help="Who is asked to decide.")
    is_ahead = fields.Boolean(
        "Asked For in Advance",
        readonly=True,
        help="A release is asked for before the step is taken: a confirmed order is to grow. Nothing is stopped yet.",
    )
    is_requested = fields.Boolean("Release Asked For", readonly=True, help="The salesperson asked for a release.")
    date_closed = fields.Datetime("Closed On", readonly=True, help="When the hold ended.")
    rejected_by_id = fields.Many2one("res.users", "Rejected By", readonly=True, help="Who rejected the document.")
    reject_reason_id = fields.Many2one("credit.reason", "Rejected For", readonly=True, help="Reason of the rejection.")
    reject_note = fields.Text("Note of the Rejection", readonly=True, help="What the salesperson was told with it.")
    release_ids = fields.One2many("credit.release", "hold_id", "Releases")
    limit_state = fields.Selection(related="profile_id.limit_state")
    amount_exposure = fields.Monetary(related="profile_id.amount_exposure")
    amount_limit_effective = fields.Monetary(related="profile_id.amount_limit_effective")
    amount_overdue = fields.Monetary(related="profile_id.amount_overdue")
    days_overdue_max = fields.Integer(related="profile_id.days_overdue_max")
    rating_id = fields.Many2one(related="profile_id.rating_id")
    account_status = fields.Selection(related="profile_id.account_status")
    status_reason = fields.Char(related="profile_id.status_reason")
    days_waiting = fields.Integer(compute="_compute_days_waiting", help="Days since the document was stopped.")

    _document_idx = models.Index("(res_model, res_id)")
    _one_open_per_document = models.UniqueIndex(
        "(res_model, res_id) WHERE state = 'open'", "This document is already on credit hold."
    )

    @api.depends("document_name")
    def _compute_display_name(self):
        for hold in self:
            hold.display_name = hold.document_name or self.env._("Hold")

    @api.depends("decision_id")
    @api.depends_context("lang")
    def _compute_reason(self):
        for hold in self:
            hold.reason = hold.decision_id.findings_text

    @api.depends("state")
    def _compute_days_waiting(self):
        now = fields.Datetime.now()
        for hold in self:
            start = hold.create_date or now
            hold.days_waiting = max(0, ((hold.date_closed or now) - start).days)  # a transaction's clock is finer

    # -- opening -----------------------------------------------------------------------------------

    @api.model
    def _open(self, documents, checkpoint, decisions):
        """Open a hold for each document, or bring the one it has up to date.

        :return: ``{document: credit.hold}``
        """
        existing = self._get_open(documents)
        holds = {}
        for document in documents:
            values = self._prepare_values(document, checkpoint, decisions[document])
            hold = existing.get(document.id)
            if hold:
                hold.write(values)
            else:
                hold = self.create(values)
            holds[document] = hold
        return holds

    @api.model
    def _get_open(self, documents):
        holds = self.search(
            [("res_model", "=", documents._name), ("res_id", "in", documents.ids), ("state", "=", "open")]
        )
        return {hold.res_id: hold for hold in holds}

    @api.model
    def _prepare_values(self, document, checkpoint, decision):
        profile = decision.profile_id
        salesperson = document._credit_get_salesperson()
        controller = profile.controller_id or document.company_id.credit_controller_id
        return {
            "profile_id": profile.id,
            "company_id": document.company_id.id,
            "res_model": document._name,
            "res_id": document.id,
            "document_name": document._credit_get_document_name(),
            "checkpoint": checkpoint,
            "decision_id": decision.id,
            "amount": decision.amount,
            "amount_over": decision.amount_over,
            "requester_id": self.env.uid,
            "salesperson_id": salesperson.id,
            "controller_id": controller.id,
        }

    def _get_document(self):
        """Return the document of the hold, empty when it was deleted."""
        self.ensure_one()
        if not self._is_controlled():
            return None
        return self.env[self.res_model].browse(self.res_id).exists()

    def _is_controlled(self):
        """Tell whether documents of this kind are under control: the add-on that did it may be gone."""
        return self.res_model in self.env and "credit_hold_id" in self.env[self.res_model]._fields

    def _notify_opened(self):
        """Tell the document's followers and whoever has it on the desk.

        In the salesperson's language, and never in the name of a customer who signs or pays.
        """
        for hold in self._for_salesperson():
            document = hold._get_document()
            document.message_post(
                body=hold.env._("On credit hold. %(reason)s", reason=document._credit_get_hold_note(hold)),
                subtype_xmlid="mail.mt_note",
                partner_ids=hold.salesperson_id.partner_id.ids,
            )
            hold._schedule_for_controller()

    def _for_salesperson(self):
        """Yield the holds one by one, as those who read about them see them."""
        user = self.env.ref("base.user_root") if self.env.user.share else self.env.user
        for hold in self:
            # the customer took the step: the message is the system's
            yield hold.with_user(user).sudo().with_context(lang=hold.salesperson_id.lang or self.env.lang)

    def _schedule_for_controller(self):
        for hold in self.filtered("controller_id"):
            told = hold.with_context(lang=hold.controller_id.lang or self.env.lang)
            told.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=told.env._("Decide on credit hold %(document)s", document=hold.document_name),
                user_id=hold.controller_id.id,
            )

    def _request_release(self, user):
        """Note who asks for a release and call the controller."""
        self.ensure_one()
        self.write({"is_requested": True, "requester_id": user.id})
        self.message_post(
            body=self.env._("%(user)s asks for a release. %(reason)s", user=user.name, reason=self.reason or "")
        )
        if self.controller_id and not self.activity_ids:
            self._schedule_for_controller()

    # -- closing -----------------------------------------------------------------------------------

    def _is_forced_open(self):
        """Tell whether somebody forced this hold and nobody has released it."""
        return self.is_forced and self.state == "open"

    def _set_released(self):
        self._update_state("released")

    def _set_cured(self):
        self._update_state("cured")

    def _set_rejected(self):
        self._update_state("rejected")

    def _set_cancelled(self):
        self._update_state("cancelled")

    def _update_state(self, state):
        """Close open holds; a no-op for those that are closed already."""
        for hold in self.filtered(lambda hold: hold.state == "open"):
            hold.write({"state": state, "date_closed": fields.Datetime.now()})
            hold.activity_unlink(["mail.mail_activity_data_todo"])
            document = hold._get_document()
            if document and document.credit_hold_id == hold and not hold.is_ahead:
                document._credit_mark(hold, "released" if state == "released" else False)

    def _check_open(self):
        closed = self.filtered(lambda hold: hold.state != "open")
        if closed:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(document)s is no longer on credit hold (%(state)s): there is nothing to decide.",
                    document=closed[0].document_name,
                    state=labels[closed[0].state],
                )
            )

    def _release(self, reason, date_until, amount_max=None, note=False, is_resumed=True, date_review=False):
        """Release held documents and take the stopped step again.

        :param reason: `credit.reason`
        :param date_until: last day of the release
        :param float amount_max: released amount in company currency; the document's amount by default
        :param bool is_resumed: take the stopped step again; otherwise only allow it
        :raise UserError: when a hold is closed, or the user may not release it
        """
        self._check_open()
        self._check_may_release()
        self._check_authority()
        for hold in self:
            # written for the log; the right to do it was checked above
            self.env["credit.release"].sudo().create(
                {
                    "profile_id": hold.profile_id.id,
                    "hold_id": hold.id,
                    "res_model": hold.res_model,
                    "res_id": hold.res_id,
                    "document_name": hold.document_name,
                    "reason_id": reason.id,
                    "note": note,
                    "user_id": self.env.uid,
                    "requester_id": hold.requester_id.id,
                    "amount_max": hold.amount if amount_max is None else amount_max,
                    "date_until": date_until,
                    "date_review": date_review,
                }
            )
            hold.sudo()._set_released()  # the mark is written on a document the controller may not write
        self._tell_salesperson(
            self.env._("Released by %(user)s: %(reason)s", user=self.env.user.name, reason=reason.name)
        )
        if is_resumed:
            self._resume()

    def _reject(self, reason, note=False):
        """Reject held documents: they stay unconfirmed, and their salesperson is told why.

        :raise UserError: when a hold is closed, or the user may not decide on it
        """
        self._check_open()
        self._check_may_release()
        holds = self.sudo()  # the mark is written on a document the controller may not write
        holds._set_rejected()
        holds.write({"rejected_by_id": self.env.uid, "reject_reason_id": reason.id, "reject_note": note})
        self._tell_salesperson(
            self.env._("Rejected by %(user)s: %(reason)s %(note)s", user=self.env.user.name,
                       reason=reason.name, note=note or "")
        )  # fmt: skip

    def _resume(self):
        """Take the stopped steps again, each in its own company."""
        for hold in self:
            # the step was asked for by the salesperson; the controller only lets it happen
            document = hold.sudo()._get_document()
            if document:
                document.with_company(hold.company_id)._credit_resume(hold.checkpoint)

    def _tell_salesperson(self, text):
        for hold in self.sudo():  # posted on a document that the controller may not open
            document = hold._get_document()
            if document:
                document.message_post(
                    body=text, subtype_xmlid="mail.mt_note", partner_ids=hold.salesperson_id.partner_id.ids
                )

    def action_ask_salesperson(self):
        """Ask the salespeople of these holds for what is missing to decide.

        :return: the action that tells who got a task
        :rtype: dict
        :raise AccessError: without the rights of a credit controller
        """
        if not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(self.env._("Only credit controllers and credit managers ask salespeople about holds."))
        self.check_access("read")
        asked = self.sudo().filtered("salesperson_id")  # the controller may not open the document
        for hold in asked:
            hold.with_context(lang=hold.salesperson_id.lang or self.env.lang)._ask_salesperson()
        if not asked:
            nobody = self.env._("Nobody was asked: these documents have no salesperson.")
            return self._get_notification(nobody, "warning")
        people = ", ".join(asked.salesperson_id.mapped("name"))
        return self._get_notification(self.env._("A task was given to %(people)s.", people=people))

    def _ask_salesperson(self):
        """Give the salesperson a task on the document, unless it is there already."""
        document, summary = self._get_document(), self.env._("Credit hold: what does the customer say?")
        known = document.activity_ids.filtered(lambda task: task.user_id == self.salesperson_id)
        if summary not in known.mapped("summary"):
            document.activity_schedule(
                "mail.mail_activity_data_todo", summary=summary, note=self.reason, user_id=self.salesperson_id.id
            )

    @api.model
    def _get_notification(self, message, kind="success"):
        """Return the action that tells what was done, and shows the list as it is now."""
        after = {"type": "ir.actions.client", "tag": "soft_reload"}
        params = {"type": kind, "message": message, "next": after}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    def action_request_limit(self):
        """Ask for a higher limit for the customer of the hold."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Request limit"),
            "res_model": "credit.limit.request",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_profile_id": self.profile_id.id,
                "default_hold_id": self.id,
                "default_amount": self.profile_id.amount_limit + self.amount_over,
            },
        }

    # -- buttons -----------------------------------------------------------------------------------

    def action_open_document(self):
        """Open the held document."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def action_recheck(self):
        """Look at these holds again now: those whose cause is gone are freed."""
        self.check_access("read")
        self.sudo()._recheck()  # what is freed follows from the figures, not from who asks
