"""Holds: documents stopped on credit, from open to closed (冻结)."""

import logging
from datetime import timedelta

from odoo import api, fields, models

_logger = logging.getLogger(__name__)
STAYS = ("released", "rejected")  # what a document goes on showing of its hold


class CreditHold(models.Model):
    _name = "credit.hold"
    _description = "Credit Hold"
    _inherit = [
        "credit.worded", "credit.listed", "mail.thread", "mail.activity.mixin", "credit.owned", "credit.explicit",
    ]
    _order = "id desc"
    _mail_post_access = "read"

    # a customer with a history is archived, not deleted
    profile_id = fields.Many2one("credit.profile", required=True, index=True, ondelete="restrict", readonly=True)
    partner_id = fields.Many2one(related="profile_id.partner_id", string="Customer", store=True)
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", required=True, readonly=True)
    document_name = fields.Char("Document Name", readonly=True, translate=True)
    checkpoint = fields.Selection(
        lambda self: self.env["credit.policy.rule"]._get_logged_checkpoints(self._name),
        readonly=True,
        help="The step that was stopped.",
    )
    decision_id = fields.Many2one(
        "credit.log",
        "Check",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The check that stopped the document.",
    )
    # the row of the log goes with its retention, and its reasons stay
    findings = fields.Json(readonly=True, help="All reasons with their figures.")
    reason = fields.Text("Reasons", compute="_compute_reason", help="Why the document was stopped, with figures.")
    state = fields.Selection(
        [
            ("open", "On hold"),
            ("released", "Released"),
            ("cured", "Cured"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        "Status",
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
    # each document is over by what is owed with it: added up they would count that again and again
    amount_over = fields.Monetary(
        "Over By", readonly=True, aggregator=None, help="By how much the limit would be exceeded."
    )
    requester_id = fields.Many2one(
        "res.users",
        "Stopped For",
        readonly=True,
        help="Who took the stopped step, or asked for a release. This person cannot release it.",
    )
    salesperson_id = fields.Many2one("res.users", readonly=True, help="Who is told when the document is free.")
    controller_id = fields.Many2one("res.users", "Credit Controller", readonly=True, help="Who is asked to decide.")
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
    reject_figures = fields.Json(
        readonly=True, help="What the rejection was about: as long as it is the same, it stands."
    )
    rejected_hold_id = fields.Many2one(
        "credit.hold",
        "Rejected Before",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The hold by which the same document was rejected before.",
    )
    release_ids = fields.One2many("credit.release", "hold_id", "Releases")
    limit_state = fields.Selection(related="profile_id.limit_state")
    amount_exposure = fields.Monetary(related="profile_id.amount_exposure")
    amount_limit_effective = fields.Monetary(related="profile_id.amount_limit_effective")
    amount_overdue = fields.Monetary(related="profile_id.amount_overdue")
    days_overdue_max = fields.Integer(related="profile_id.days_overdue_max")
    rating_id = fields.Many2one(related="profile_id.rating_id")
    account_status = fields.Selection(related="profile_id.account_status")
    status_text = fields.Char(related="profile_id.status_text", string="Why This Status")
    days_waiting = fields.Integer(
        compute="_compute_days_waiting", search="_search_days_waiting", help="Days since the document was stopped."
    )

    _document_idx = models.Index("(res_model, res_id)")
    _one_open_per_document = models.UniqueIndex(
        "(res_model, res_id) WHERE state = 'open'", "This document is already on credit hold."
    )

    @api.depends("document_name")
    def _compute_display_name(self):
        for hold in self:
            hold.display_name = hold.document_name or self.env._("Hold")

    @api.depends("findings")
    @api.depends_context("lang")
    def _compute_reason(self):
        for hold in self:
            texts = self.env["credit.finding.text"]._render_all(hold.findings or [], hold.company_id)
            hold.reason = "\n".join(texts)

    @api.depends("state", "date_closed", "create_date")
    def _compute_days_waiting(self):
        now = fields.Datetime.now()
        for hold in self:
            start = hold.create_date or now
            hold.days_waiting = max(0, ((hold.date_closed or now) - start).days)  # a transaction's clock is finer

    @api.model
    def _search_days_waiting(self, operator, value):
        if operator not in (">=", "<"):
            return NotImplemented
        start = fields.Datetime.now() - timedelta(days=value)
        return [("date_closed", "=", False), ("create_date", "<=" if operator == ">=" else ">", start)]

    # -- the document ------------------------------------------------------------------------------

    def _get_document(self):
        """Return the document of the hold, empty when it was deleted."""
        self.ensure_one()
        if not self._is_controlled():
            return None
        return self.env[self.res_model].browse(self.res_id).exists()

    def _is_controlled(self):
        """Tell whether documents of this kind are under control: the add-on that did it may be gone."""
        return self.res_model in self.env and "credit_hold_id" in self.env[self.res_model]._fields

    # -- closing -----------------------------------------------------------------------------------

    def _is_forced_open(self):
        """Tell whether somebody forced this hold and nobody has released it."""
        return self.is_forced and self.state in ("open", "rejected")

    def _set_released(self):
        self._update_state(("open",), "released")

    def _set_cured(self):
        self._update_state(("open",), "cured")

    def _set_rejected(self):
        self._update_state(("open",), "rejected")

    def _set_cancelled(self):
        self._update_state(("open",), "cancelled")

    def _update_state(self, allowed_states, target_state):
        """Take holds to a state, and their documents with them; those that are there already stay as they are.

        :param tuple allowed_states: the states from which the step leads there. From any other it is a mistake of the
            caller, and is logged: what caused it (a payment, a cancellation) is not undone for it
        """
        to_process = self.filtered(lambda hold: hold.state in allowed_states)
        for hold in (self - to_process).filtered(lambda hold: hold.state != target_state):
            _logger.warning("Credit hold %s is '%s': it cannot become '%s'", hold.id, hold.state, target_state)
        for hold in to_process:
            hold.write({"state": target_state, "date_closed": fields.Datetime.now()})
            hold.activity_unlink(["mail.mail_activity_data_todo"])
            hold._close_question()
            document = hold._get_document()
            if document and document.credit_hold_id == hold and not hold.is_ahead:
                document._credit_mark(hold, target_state if target_state in STAYS else False)

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
        self.sudo()._recheck_safely()  # what is freed follows from the figures, not from who asks
