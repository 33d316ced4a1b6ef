"""Orders under credit control: what they answer the gate, and every path into state 'sale'."""

from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import lazy

from ..fact.credit_fact import COMPUTED_FIELDS, WATCHED_FIELDS

OPEN_STATES = ("draft", "sent")  # of what is not confirmed yet


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "credit.gate.mixin", "credit.loosening"]

    credit_panel = fields.Json(
        compute="_compute_credit_panel",
        groups="base.group_user",
        help="The customer's credit and what this order does to it.",
    )

    _credit_open_orders_idx = models.Index(
        "(partner_invoice_id, company_id) WHERE state = 'sale' AND invoice_status <> 'invoiced'"
    )

    # -- the contract of the gate ------------------------------------------------------------------

    @api.model
    def _credit_get_protected_fields(self):
        return super()._credit_get_protected_fields() | COMPUTED_FIELDS

    def _credit_get_customers(self):
        return {order: order.partner_invoice_id for order in self}

    def _credit_is_checked(self, checkpoint):
        return self.filtered(lambda order: order.partner_invoice_id)

    def _credit_prepare_request(self, check):
        amount = self._credit_get_amount(check.as_of) + self._credit_get_extra()
        weight = 0.0 if self._credit_is_beyond_horizon(check.as_of) else amount - self._credit_get_unbooked()
        ordered = self._credit_get_deposit_basis(check.as_of, self._credit_get_received(check))
        return self._credit_make_request(
            check,
            amount=weight,
            amount_counted=weight if self.state == "sale" else self._credit_get_left(),
            amount_document=amount + self.credit_amount_lowered,
            component="orders",
            amount_prepaid=ordered.received / ordered.rate,
            ordered=ordered,
            days_terms=self.payment_term_id._credit_get_days(),
            terms_id=self.payment_term_id.id or 0,
            percent_discount=lazy(self._credit_get_discount),
            percent_cash_discount=self.payment_term_id._credit_get_cash_discount(),
            exemption=self._credit_get_exemption(check, amount),
            forced_hold=self._credit_get_stop(check),
        )

    def _credit_get_stop(self, check):
        """Return why the order is stopped whatever the figures say. Each night the rules alone are asked."""
        if check.checkpoint == "confirmed":
            return ""
        return self._credit_get_forced_hold(check.profile) or self._credit_get_confirmed_reason()

    def _credit_resume(self, checkpoint):
        waiting = self.filtered(lambda order: order.state in OPEN_STATES)
        signed = waiting.filtered(lambda order: order.signature or order.transaction_ids)
        if signed:
            signed.with_context(send_email=True).action_confirm()
        if waiting - signed:
            (waiting - signed).action_confirm()

    def _credit_get_owner_names(self):
        return (*super()._credit_get_owner_names(), "user_id")

    def _credit_get_gone(self):
        return self._credit_get_amount() if self.state == "sale" else 0.0

    def _credit_get_salesperson(self):
        """Return who is told of what happens to the order."""
        return self.user_id

    def _credit_get_panel_checkpoint(self):
        return "change" if self[:1].state == "sale" else "order"

    def _credit_get_early_checkpoint(self, checkpoint):
        return "quotation" if checkpoint == "order" else ""

    def _credit_get_document_label(self):
        return self.env._("This order")

    def _credit_get_exemption(self, check, amount):
        """Return why the order is free of the check, or an empty string."""
        if amount <= 0:
            return "no_amount"
        if self._credit_is_free(amount):
            return "order_excluded"
        snapshot = self.env["credit.policy"]._get_snapshot_for(check.profile, check.as_of)
        return "policy_exclusion" if self._credit_is_excluded_by(snapshot) else ""

    def _credit_is_excluded_by(self, snapshot):
        """Tell whether a policy, given as its snapshot, does not check this order."""
        if not snapshot or not snapshot["exclusion"]:
            return False
        return bool(self.company_id._credit_for_condition(self).filtered_domain(snapshot["exclusion"]))

    def _credit_try_out(self, request, snapshot):
        if request.exemption not in ("", "policy_exclusion"):
            return request
        return replace(request, exemption="policy_exclusion" if self._credit_is_excluded_by(snapshot) else "")

    # -- figures -----------------------------------------------------------------------------------

    def _credit_get_amount(self, as_of=None):
        """Return the order's total, tax included, in the currency of its company.

        :param as_of: the day of a step that is decided, whose rate counts; None for what it counts for already
        """
        company_currency = self.company_id.currency_id
        if self.currency_id == company_currency:
            return company_currency.round(self.amount_total)
        return company_currency.round(self.amount_total / self._credit_get_rate(as_of))

    def _credit_get_amount_in_all(self, as_of):
        """Return the order's total, and what was taken off it after it had left: what takes its place is more."""
        return self.company_id.currency_id.round(self._credit_get_amount(as_of) + self.credit_amount_lowered)

    def _credit_get_prepaid(self):
        """Return what was captured or authorised online for the order, in company currency."""
        return self._credit_convert(self.transaction_ids.filtered(lambda tx: tx.state in ("authorized", "done")))

    def _credit_get_unbooked(self):
        """Return what was captured for a quotation and is in no figure yet: a captured deposit of
        30 % leaves 70 % to be tested. That of a confirmed order is among the facts."""
        if self.state == "sale" or not self.company_id.credit_count_received:
            return 0.0
        return self._credit_convert(self.transaction_ids.filtered(lambda tx: tx.state == "done" and not tx.payment_id))

    def _credit_convert(self, transactions):
        """Return the order's share of transactions in the currency of the company."""
        company = self.company_id
        return sum(
            tx.currency_id._convert(self._credit_get_share(tx), company.currency_id, company, tx.create_date.date())
            for tx in transactions
        )

    def _credit_is_beyond_horizon(self, as_of=None):
        """Tell whether the order is to be delivered too late to count.

        :param as_of: the day of the decision; today for documents that follow from the order
        """
        days = self.company_id.credit_days_horizon
        if not days or not self.commitment_date:
            return False
        return self.commitment_date.date() > (as_of or self.company_id._credit_today()) + timedelta(days=days)

    def _credit_get_weight(self, as_of):
        is_later = self._credit_is_beyond_horizon(as_of)
        return {
            "customer": (self.partner_invoice_id.commercial_partner_id, self.company_id),
            "amount": 0.0 if is_later else self._credit_get_amount_in_all(as_of),
            "delivered": self._credit_get_extra(),
            **self._credit_get_prices(),
            "days_terms": self.payment_term_id._credit_get_days() or 0,
            "terms_blocked": self.env["credit.policy"]._is_blocked_anywhere(self.payment_term_id, self.company_id),
            "percent_discount": self._credit_get_discount_asked(),
            "percent_cash_discount": self.payment_term_id._credit_get_cash_discount(),
        }

    @api.depends("partner_invoice_id", "amount_total", "payment_term_id", "state", "credit_hold_state", "company_id")
    @api.depends_context("uid")
    def _compute_credit_panel(self):
        for order in self:
            is_shown = order.partner_invoice_id and order.state != "cancel" and self._credit_sees_figures()
            order.credit_panel = order._credit_get_panel() if is_shown else False

    # -- guard -------------------------------------------------------------------------------------

    @api.model
    def _credit_check_may_link_payments(self):
        """Refuse to let somebody's online payment count for another order, once something is checked."""
        if not self.env.su and self.env["credit.policy"]._is_any_on():
            raise AccessError(
                self.env._(
                    "An online payment belongs to the order that it was made for: it cannot be linked to another one. "
                    "Register what the customer paid on an invoice, or as a payment."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: an order that is created as confirmed is checked too.

        :raise UserError: with the reasons, when it does not pass
        """
        orders = super().create(vals_list)
        # asked of the orders, not of the values: also where it came as a default of the context or of the user
        if orders.sudo().transaction_ids:  # whether there are any
            self._credit_check_may_link_payments()
        orders._credit_bound_exclusion(self.browse())
        orders.filtered(lambda order: order.state == "sale")._credit_guard("order")
        return orders

    def write(self, vals):
        """Override of `sale`: the guard below every way of confirming, and of growing afterwards.

        :raise UserError: with the reasons, when an order does not pass
        """
        if "transaction_ids" in vals:
            self._credit_check_may_link_payments()
        if vals.get("state") == "sale" and (WATCHED_FIELDS - {"date_order"}) & vals.keys():
            # what is decided is the order as it will be, not as it was
            self.write({name: value for name, value in vals.items() if name != "state"})
            return self.write({"state": "sale"})
        if vals.get("state") == "sale":
            self.filtered(lambda order: order.state != "sale")._credit_guard("order")
        if not WATCHED_FIELDS & vals.keys():
            return super().write(vals)
        confirmed = self.filtered(lambda order: order.state == "sale")
        with confirmed._credit_watch():
            result = super().write(vals)
        confirmed._credit_queue_recheck()
        return result

    def _action_cancel(self):
        result = super()._action_cancel()
        # a forced hold waits for its release, also when the order is opened again
        self.filtered(lambda order: not order.sudo().credit_hold_id._is_forced_open())._credit_end_holds()
        self._credit_queue_recheck()
        return result
