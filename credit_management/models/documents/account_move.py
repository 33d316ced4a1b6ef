"""Invoices under credit control: posting, on every path."""

import math
from dataclasses import replace

from odoo import api, fields, models
from odoo.tools import lazy

from ..fact.credit_fact import COLUMNS
from .account_move_debtor import SALES_TYPES


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "credit.gate.mixin"]

    credit_panel = fields.Json(
        compute="_compute_credit_panel",
        groups="base.group_user",
        help="The customer's credit and what this invoice does to it.",
    )

    _credit_drafts_idx = models.Index(
        "(commercial_partner_id, company_id) WHERE state = 'draft' AND move_type IN ('out_invoice', 'out_receipt')"
    )
    _credit_draft_refunds_idx = models.Index(
        "(commercial_partner_id) WHERE state = 'draft' AND move_type = 'out_refund'"
    )

    # -- the contract of the gate ------------------------------------------------------------------

    @api.model
    def _credit_get_protected_fields(self):
        return super()._credit_get_protected_fields() | COLUMNS["account.move"].refused

    def _credit_get_customers(self):
        return {move: move.partner_id.commercial_partner_id for move in self}

    def _credit_is_checked(self, checkpoint):
        """Customer invoices and sales receipts; never entries, nor credit notes that give something back."""
        return self.filtered(lambda move: move._credit_is_sale() and move.partner_id)

    def _credit_prepare_requests(self, checks):
        counted = self._credit_get_counted()
        requests = super()._credit_prepare_requests(checks)
        return [replace(request, amount_counted=counted.get(request.key[1], 0.0)) for request in requests]

    def _credit_prepare_request(self, check):
        total, ordered = self._credit_get_total(check.as_of), self._credit_get_ordered()
        stop = self._credit_get_order_stop(check)
        exemption = "" if stop else self._credit_get_exemption(total, ordered, check.as_of)
        is_free = exemption in ("from_order", "claim")
        forced_hold = stop or ("" if is_free else self._credit_get_forced_hold(check.profile))
        return self._credit_make_request(
            check,
            amount=total,
            amount_document=total,
            component="not_due",
            amount_component=total,
            amount_used=max(0.0, total - ordered),
            days_terms=self._credit_get_days_terms(check.as_of),
            terms_id=self.invoice_payment_term_id.id or 0,
            percent_cash_discount=self.invoice_payment_term_id._credit_get_cash_discount(),
            percent_discount=lazy(self._credit_get_discount),
            exemption=exemption,
            forced_hold=self._credit_get_rate_reason(check.as_of) or forced_hold,
            is_collecting=self._is_downpayment(),
        )

    def _credit_resume(self, checkpoint):
        drafts = self.filtered(lambda move: move.state == "draft")
        if drafts:
            drafts.action_post()

    def _credit_get_owner_names(self):
        return (*super()._credit_get_owner_names(), "invoice_user_id")

    def _credit_get_gone(self):
        return self._credit_get_counted().get(self.id, 0.0) if self.state == "draft" else math.inf

    def _credit_get_salesperson(self):
        return self.invoice_user_id

    def _credit_get_panel_checkpoint(self):
        return "invoice"

    def _credit_get_document_label(self):
        return self.env._("This invoice")

    def _credit_get_freed_customers(self):
        return self.commercial_partner_id | self.line_ids.partner_id

    # -- panel -------------------------------------------------------------------------------------

    @api.depends("partner_id", "amount_total", "state", "move_type", "credit_hold_state")
    @api.depends_context("uid")
    def _compute_credit_panel(self):
        for move in self:
            is_draft = move.state == "draft" and move.move_type in SALES_TYPES and move.partner_id
            is_shown = is_draft and self._credit_sees_figures()
            move.credit_panel = move._credit_get_panel() if is_shown else False

    @api.depends("company_id", "partner_id", "tax_totals", "currency_id")
    def _compute_partner_credit_warning(self):
        """Override of `account`: where credit is checked, the panel tells it, with the figures of the
        document's own company. Core's banner would show those of the active one."""
        checked = self._credit_get_enforced()
        checked.partner_credit_warning = ""
        super(AccountMove, self - checked)._compute_partner_credit_warning()

    # -- posting -----------------------------------------------------------------------------------

    def action_post(self):
        """Override of `account` to hold what credit does not allow, and post the rest."""
        if not self._credit_is_interactive():
            return super().action_post()
        held = self - self._credit_gate_drafts()
        passed = self - held
        result = super(AccountMove, passed).action_post() if passed else False
        return held._credit_get_notification() or result

    def _credit_gate_drafts(self):
        """Return the moves that may be posted; put the customer invoices that may not on hold."""
        drafts = self.filtered(lambda move: move.state == "draft")
        return self - (drafts - drafts._credit_gate("invoice", is_held=True))

    def write(self, vals):
        """Override of `account`: the guard below every way of posting.

        :raise UserError: with the reasons, when an invoice does not pass
        """
        if {"partner_id", "move_type"} & vals.keys():
            self._credit_check_debtor_change(vals)
        if vals.get("state") == "posted":
            self.filtered(lambda move: move.state != "posted")._credit_is_checked("invoice")._credit_guard("invoice")
        result = super().write(vals)
        if "partner_id" in vals:
            self.line_ids._credit_check_payer()
        if vals.get("state") == "cancel":
            self._credit_end_holds()
        if {"state", "invoice_line_ids", "line_ids"} & vals.keys():
            self._credit_get_relieving(vals.get("state"))._credit_queue_recheck()
        return result

    def _compute_amount(self):
        """Override of `account`: corrected taxes make core call it as the user, who may not write totals."""
        return super(AccountMove, self.sudo())._compute_amount()  # it only adds up the lines

    def _credit_get_relieving(self, state):
        """Return the moves whose change can free credit: posted payments and credit notes, invoices
        that are cancelled, or changed while they are drafts."""
        if state == "posted":
            return self.filtered(lambda move: move.move_type in ("out_refund", "entry"))
        invoices = self.filtered(lambda move: move.move_type in SALES_TYPES)
        return invoices if state == "cancel" else invoices.filtered(lambda move: move.state == "draft")

    def unlink(self):
        """Override of `account` to free the credit of what is deleted."""
        self._credit_get_relieving("cancel")._credit_queue_recheck()
        return super().unlink()


class ValidateAccountMove(models.TransientModel):
    _inherit = "validate.account.move"

    def validate_move(self):
        """Override of `account`: one held invoice does not stop the others; the user is told."""
        drafts = self.move_ids
        held = drafts - drafts._credit_gate_drafts()
        self.move_ids -= held
        result = super().validate_move() if self.move_ids else {"type": "ir.actions.act_window_close"}
        return held._credit_get_notification() or result
