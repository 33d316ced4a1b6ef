"""Odoo's own prepayment, which asks what was received for the order: every way of paying counts, once."""

from odoo import api, models

from ..documents.sale_order import OPEN_STATES


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # -- proposals ---------------------------------------------------------------------------------

    @api.depends("partner_invoice_id")
    def _compute_require_payment(self):
        """Override of `sale` to propose it where the confirmation waits for a deposit."""
        super()._compute_require_payment()
        for order, percent in self._credit_propose_deposit().items():
            order.require_payment = order.require_payment or bool(percent)

    @api.depends("partner_invoice_id")
    def _compute_prepayment_percent(self):
        """Override of `sale` to propose the deposit, also when somebody switches the payment on: core would ask for
        everything."""
        super()._compute_prepayment_percent()
        for order, percent in self._credit_propose_deposit().items():
            if percent:
                order.prepayment_percent = percent

    def _credit_propose_deposit(self):
        """Return ``{order: share}`` of the quotations whose confirmation waits for a plain percentage.

        What is a fixed amount, or capped, changes with the order, and Odoo stores a percentage: it is asked for live.
        """
        quotations = self.filtered(lambda order: order.state in OPEN_STATES)
        return {order: asked.percent / 100 if asked.waits == "order" else 0.0
                for order, asked in quotations._credit_find_asked().items()}

    # -- what is asked, and whether it is here -----------------------------------------------------

    def _credit_get_prepayment(self):
        """Return what is to be received before the order is confirmed, what was, and what is forgiven of it, in its
        currency: what Odoo's settings of the order say, or the policy, whichever is more.

        A release waives what the policy asks for, and what was proposed from it.
        """
        asked = self._credit_find_asked()[self]
        own = super()._get_prepayment_required_amount()
        if asked.waits != "order" or not asked.deposit.required:
            return own, self._credit_read_received(), 0.0
        required = max(own, asked.deposit.required)
        if asked.is_waived:
            required = 0.0 if own <= asked.deposit.required else own
        return required, asked.deposit.received, asked.tolerance

    def _get_prepayment_required_amount(self):
        """Override of `sale`: what is still missing, whatever way the rest came.

        A customer who pays a part at the portal is asked for that part; it confirms nothing.
        """
        required, received, _forgiven = self._credit_get_prepayment()
        missing = self.currency_id.round(max(0.0, required - received))
        part = self.env.context.get("credit_deposit_part")
        return min(missing, part) if part and self._credit_may_pay_part() else missing

    def _is_confirmation_amount_reached(self):
        """Override of `sale`: by whatever way it came, less what is forgiven."""
        required, received, forgiven = self._credit_get_prepayment()
        return self.currency_id.compare_amounts(required - forgiven, received) <= 0

    def _has_to_be_paid(self):
        """Override of `sale`: also where the policy asks for a deposit and nobody has switched the payment on."""
        if super()._has_to_be_paid():
            return True
        is_open = self.state in OPEN_STATES and not self.is_expired and self.amount_total > 0
        return is_open and self._credit_find_asked()[self].is_waiting

    def _credit_may_pay_part(self):
        """Tell whether the company accepts a part of what is missing."""
        return self.company_id._credit_company().sudo().credit_is_deposit_in_parts  # a setting, for every customer

    def _credit_read_received(self):
        """Return what was received: who sells may know how much, and not by which payments."""
        return self.sudo()._credit_get_received()  # see above

    def _credit_get_rest(self):
        """Return what of the order is not received, in its currency."""
        return self.currency_id.round(max(0.0, self.amount_total - self._credit_read_received()))

    def _credit_get_payment_error(self, amount):
        """Return why an amount cannot be paid online for the order now, or an empty string."""
        rest = self._credit_get_rest()
        if self.currency_id.compare_amounts(amount, rest) > 0:
            return self.env._(
                "%(amount)s is more than is left to pay of this order. Please pay at most %(rest)s.",
                amount=self._credit_write_own(amount), rest=self._credit_write_own(rest),
            )
        if self.state not in OPEN_STATES or self._credit_may_pay_part():
            return ""
        missing = self.with_context(credit_deposit_part=None)._get_prepayment_required_amount()
        if self.currency_id.compare_amounts(amount, min(missing, rest)) >= 0:
            return ""
        return self.env._(
            "%(amount)s is less than the deposit of this order. Please pay at least %(missing)s.",
            amount=self._credit_write_own(amount), missing=self._credit_write_own(missing),
        )

    def _get_default_payment_link_values(self):
        """Override of `sale`: what is missing of the deposit, and what was received by whatever way."""
        received, rest = self._credit_read_received(), self._credit_get_rest()
        missing = self._get_prepayment_required_amount() if self.state in OPEN_STATES else 0.0
        return {
            **super()._get_default_payment_link_values(),
            "amount": missing or rest,
            "amount_max": rest,
            "amount_paid": received,
            "prepayment_amount": 0.0 if self._credit_may_pay_part() else missing,
        }
