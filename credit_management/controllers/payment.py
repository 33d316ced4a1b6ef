"""A payment that the customer waits for is processed without raising because of credit."""

from odoo.addons.payment.controllers.post_processing import PaymentPostProcessing
from odoo.http import request, route


class CreditPaymentPostProcessing(PaymentPostProcessing):
    @route()
    def poll_status(self, **kwargs):
        """Override of `payment`: whatever an add-on confirms on the way is held, never refused."""
        request.update_context(credit_interactive="customer")
        return super().poll_status(**kwargs)
