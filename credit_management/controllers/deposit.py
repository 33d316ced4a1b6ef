"""Deposits at the portal: paid whole, or in parts where the company accepts them; a signature waits for its money."""

from odoo.addons.sale.controllers.portal import CustomerPortal, PaymentPortal
from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.http import request, route


class CreditDepositPortal(CustomerPortal):
    @route()
    def portal_order_page(self, order_id, payment_amount=None, **kwargs):
        """Override of `sale`: a part of the deposit may be asked for. It chooses a figure, it confirms nothing."""
        part = self._cast_as_float(payment_amount)
        if part and part > 0:
            request.update_context(credit_deposit_part=part)
        return super().portal_order_page(order_id, payment_amount=payment_amount, **kwargs)

    @route()
    def portal_quote_accept(self, order_id, access_token=None, **kwargs):
        """Override of `sale`: what is signed and waits for its deposit is accepted, and goes on by itself."""
        answer = super().portal_quote_accept(order_id, access_token=access_token, **kwargs)
        if "error" not in answer:
            token = access_token or request.httprequest.args.get("access_token")
            self._document_check_access("sale.order", order_id, access_token=token)._credit_accept()
        return answer

    def _determine_is_down_payment(self, order_sudo, amount_selection, payment_amount):
        """Override of `sale`: a deposit that is no percentage is one, too."""
        if amount_selection or payment_amount is not None or order_sudo.state == "sale":
            return super()._determine_is_down_payment(order_sudo, amount_selection, payment_amount)
        return 0 < order_sudo._get_prepayment_required_amount() < order_sudo.amount_total

    def _get_payment_values(self, order_sudo, is_down_payment=False, payment_amount=None, **kwargs):
        """Override of `sale`: what came already is not paid for a second time."""
        rest = order_sudo._credit_get_rest()
        if is_down_payment or order_sudo.state == "sale" or not 0 < rest < order_sudo.amount_total:
            asked = {"is_down_payment": is_down_payment, "payment_amount": payment_amount}
            return super()._get_payment_values(order_sudo, **asked, **kwargs)  # add-ons name what they pass on
        values = super()._get_payment_values(order_sudo, is_down_payment=True, payment_amount=rest, **kwargs)
        return {**values, "payment_amount": payment_amount}


class CreditDepositPayment(PaymentPortal):
    @route()
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        """Override of `sale`: the amount that the page sends is looked at on the server.

        :raise ValidationError: for more than is left to pay, or a part where the company accepts none
        """
        try:
            order = self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            return super().portal_order_transaction(order_id, access_token, **kwargs)  # says so
        error = order._credit_get_payment_error(self._cast_as_float(kwargs.get("amount")) or 0.0)
        if error:
            raise ValidationError(error)
        return super().portal_order_transaction(order_id, access_token, **kwargs)
