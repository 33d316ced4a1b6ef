"""Pay on account: offered when the customer's credit allows it."""

from odoo import api, fields, models
from odoo.addons.payment import utils as payment_utils

from .. import const


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    custom_mode = fields.Selection(selection_add=[(const.MODE, "Pay on Account")])

    def _get_default_payment_method_codes(self):
        """Override of `payment` to return the default payment method codes."""
        self.ensure_one()
        if self.custom_mode != const.MODE:
            return super()._get_default_payment_method_codes()
        return const.DEFAULT_PAYMENT_METHOD_CODES

    @api.model
    def _get_compatible_providers(self, *args, sale_order_id=None, report=None, **kwargs):
        """Override of `payment` to offer payment on account for orders that fit the credit only."""
        providers = super()._get_compatible_providers(*args, sale_order_id=sale_order_id, report=report, **kwargs)
        on_account = providers.filtered(lambda provider: provider.custom_mode == const.MODE)
        if not on_account:
            return providers
        # prices and credit of the order are what they are, whoever looks at its payment form
        order = self.env["sale.order"].sudo().browse(sale_order_id).exists()
        reason = order._credit_get_account_refusal() if order else self.env._("only orders can be put on account")
        if not reason:
            return providers
        payment_utils.add_to_report(report, on_account, available=False, reason=reason)
        return providers - on_account
