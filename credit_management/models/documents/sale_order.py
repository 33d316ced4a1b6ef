"""Orders under credit control: confirmation, changes after it, every path into state 'sale'."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..gate.credit_gate_mixin import get_changed

WATCHED_FIELDS = frozenset(
    {
        "order_line",
        "partner_id",
        "partner_invoice_id",
        "payment_term_id",
        "currency_id",
        "currency_rate",
        "pricelist_id",
        "fiscal_position_id",
        "company_id",
        "commitment_date",
        "date_order",
        "amount_total",
        "amount_tax",
        "amount_untaxed",
    }
)
OPEN_STATES = ("draft", "sent")
COMPUTED_FIELDS = frozenset({"amount_total", "amount_tax", "amount_untaxed", "currency_rate", "invoice_status"})
COMPUTED_LINE_FIELDS = frozenset(
    {
        "price_total",
        "price_subtotal",
        "price_tax",
        "price_reduce_taxinc",
        "credit_price_unit_total",
        "qty_invoiced",
        "invoice_status",
        "invoice_lines",
        "state",
    }
)


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "credit.gate.mixin"]

    credit_panel = fields.Json(
        compute="_compute_credit_panel",
        groups="base.group_user",
        help="The customer's credit and what this order does to it.",
    )

    credit_is_excluded = fields.Boolean(
        "Not Checked",
        copy=False,
        tracking=True,
        help="This one order is free of credit checks. Only credit managers can say so.",
    )

    _credit_open_orders_idx = models.Index(
        "(partner_invoice_id, company_id) WHERE state = 'sale' AND invoice_status <> 'invoiced'"
    )

    # -- the four questions ------------------------------------------------------------------------

    @api.model
    def _credit_get_protected_fields(self):
        return super()._credit_get_protected_fields() | COMPUTED_FIELDS

    def _credit_get_customers(self):
        return {order: order.partner_invoice_id for order in self}

    def _credit_is_checked(self, checkpoint):
        return self.filtered(lambda order: order.partner_invoice_id)

    def _credit_prepare_request(self, checkpoint, profile, released):
        amount = self._credit_get_amount()
        weight = 0.0 if self._credit_is_beyond_horizon() else amount - self._credit_get_unbooked()
        return self._credit_make_request(
            checkpoint,
            profile,
            released,
            amount=weight,
            amount_counted=weight if self.state == "sale" else 0.0,
            amount_document=amount,
            amount_prepaid=self._credit_get_prepaid(),
            days_terms=self.payment_term_id._credit_get_days(),
            percent_discount=max(self.order_line.mapped("discount"), default=0.0),
            percent_cash_discount=self.payment_term_id._credit_get_cash_discount(),
            exemption=self._credit_get_exemption(profile, amount),
        )

    @api.model
    def _credit_get_document_label(self):
        return self.env._("This order")

    def _credit_resume(self, checkpoint):
        waiting = self.filtered(lambda order: order.state in OPEN_STATES)
        signed = waiting.filtered(lambda order: order.signature or order.transaction_ids)
        if signed:
            signed.with_context(send_email=True).action_confirm()
        if waiting - signed:
            (waiting - signed).action_confirm()

    def _credit_get_salesperson(self):
        """Return who is told of what happens to the order."""
        return self.user_id

    def _credit_get_exemption(self, profile, amount):
        """Return why the order is free of the check, or an empty string."""
        if amount <= 0:
            return "no_amount"
        if self.credit_is_excluded:
            return "order_excluded"
        snapshot = self.env["credit.policy"]._get_snapshot_for(profile, fields.Date.context_today(self))
        return "policy_exclusion" if self._credit_is_excluded_by(snapshot) else ""

    def _credit_is_excluded_by(self, snapshot):
        """Tell whether a policy, given as its snapshot, does not check this order."""
        return bool(snapshot and snapshot["exclusion"] and self.filtered_domain(snapshot["exclusion"]))

    # -- figures -----------------------------------------------------------------------------------

    def _credit_get_amount(self):
        """Return the order's total, tax included, in the currency of its company."""
        company_currency = self.company_id.currency_id
        if self.currency_id == company_currency:
            return company_currency.round(self.amount_total)
        return company_currency.round(self.amount_total / (self.currency_rate or 1.0))

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

    def _credit_is_beyond_horizon(self):
        days = self.company_id.credit_days_horizon
        if not days or not self.commitment_date:
            return False
        return self.commitment_date.date() > fields.Date.context_today(self) + timedelta(days=days)

    def _credit_get_weight(self):
        is_later = self._credit_is_beyond_horizon()
        return {
            "customer": (self.partner_invoice_id.commercial_partner_id, self.company_id),
            "amount": 0.0 if is_later else self._credit_get_amount(),
            "delivered": sum(line._credit_get_extra() for line in self.order_line),
            "days_terms": self.payment_term_id._credit_get_days() or 0,
            "percent_discount": max(self.order_line.mapped("discount"), default=0.0),
            "percent_cash_discount": self.payment_term_id._credit_get_cash_discount(),
        }

    @api.depends("partner_invoice_id", "amount_total", "payment_term_id", "state", "credit_hold_state", "company_id")
    @api.depends_context("uid")
    def _compute_credit_panel(self):
        for order in self:
            is_shown = order.partner_invoice_id and order.state != "cancel" and self._credit_sees_figures()
            order.credit_panel = order._credit_get_panel() if is_shown else False

    # -- confirmation ------------------------------------------------------------------------------

    def action_confirm(self):
        """Override of `sale` to hold what credit does not allow, and confirm the rest.

        :raise UserError: when an order does not pass and nobody could be shown the hold
        """
        held = self._credit_hold_waiting()
        passed = self - held
        result = super(SaleOrder, passed).action_confirm() if passed else True
        return held._credit_get_notification() or result

    def _credit_hold_waiting(self):
        """Decide the quotations that nobody has decided yet; return those that were put on hold.

        :raise UserError: when one does not pass and nobody could be shown the hold
        """
        waiting = self.filtered(lambda order: order.state in OPEN_STATES)._credit_without_pass("order")
        return waiting - waiting._credit_gate("order", is_held=self._credit_is_interactive())

    # -- guard -------------------------------------------------------------------------------------

    def _credit_check_exclusion(self, vals):
        """Refuse to free an order of the check without the rights of a credit manager."""
        is_manager = self.env.su or self.env.user.has_group("credit_management.group_credit_manager")
        if vals.get("credit_is_excluded") and not is_manager:
            raise AccessError(self.env._("Only credit managers free an order of credit checks."))

    def _credit_check_payments(self, is_linked):
        """Refuse to let somebody's online payment count for these orders, once something is checked."""
        if is_linked and not self.env.su and self.env["credit.policy"]._is_any_on():
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
        self._credit_check_payments(orders.sudo().transaction_ids)  # whether there are any
        # also where it came as a default of the context or of the user
        self._credit_check_exclusion({"credit_is_excluded": any(orders.mapped("credit_is_excluded"))})
        orders.filtered(lambda order: order.state == "sale")._credit_guard("order")
        return orders

    def write(self, vals):
        """Override of `sale`: the guard below every way of confirming, and of growing afterwards.

        :raise UserError: with the reasons, when an order does not pass
        """
        self._credit_check_exclusion(vals)
        self._credit_check_payments("transaction_ids" in vals)
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

    def _credit_queue_recheck(self):
        """A smaller or cancelled order may free others of its customer."""
        enforced = self._credit_get_enforced()
        if enforced:
            self.env["credit.hold"]._queue_recheck(enforced.sudo().partner_invoice_id.ids)  # ids only


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    _credit_down_payments_idx = models.Index("(order_id) WHERE is_downpayment")
    _credit_deducted_idx = models.Index(
        "(order_id) WHERE is_downpayment AND (qty_invoiced < 0 OR untaxed_amount_invoiced < 0)"
    )

    def _credit_check_computed(self, vals):
        """Refuse to write by hand what the exposure of an order is computed from, once something is checked."""
        is_checked = not self.env.su and self.env["credit.policy"]._is_any_on()
        written = is_checked and get_changed(self, COMPUTED_LINE_FIELDS, vals)
        if written:
            label = self._fields[min(written)]._description_string(self.env)
            raise AccessError(self.env._("'%(field)s' is worked out by the system and cannot be written.", field=label))

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: a line added to a confirmed order makes it grow.

        :raise UserError: with the reasons, when the larger order does not pass
        """
        for vals in vals_list:
            self._credit_check_computed(vals)
        default = self.env.context.get("default_order_id")
        with self._credit_get_confirmed({vals.get("order_id", default) for vals in vals_list})._credit_watch():
            return super().create(vals_list)

    def write(self, vals):
        """Override: see `create`."""
        self._credit_check_computed(vals)
        orders = self._credit_get_confirmed({*self.order_id.ids, vals.get("order_id")})
        with orders._credit_watch():
            result = super().write(vals)
        orders._credit_queue_recheck()
        return result

    @api.model
    def _credit_get_confirmed(self, order_ids):
        """Return which of these orders are confirmed: the ones that a line leaves and joins."""
        orders = self.env["sale.order"].browse(filter(None, order_ids))
        return orders.filtered(lambda order: order.state == "sale")
