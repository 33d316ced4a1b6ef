"""Payments on account: refused on the server when they are not allowed, confirmed through the gate."""

from odoo import api, models
from odoo.exceptions import ValidationError

from .. import const


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `payment`: which providers were offered is decided here again, for every route.

        :raise ValidationError: when something cannot be put on account
        """
        transactions = super().create(vals_list)
        transactions.filtered(lambda tx: tx.provider_id.custom_mode == const.MODE)._credit_check_on_account()
        return transactions

    def _credit_check_on_account(self):
        """Refuse payments on account that would not be offered.

        :raise ValidationError: with the reason
        """
        for tx in self:
            refusals = [order._credit_get_account_refusal() for order in tx.sale_order_ids]
            reason = next(filter(None, refusals), "") if refusals else self.env._("only orders can be put on account")
            if reason:
                raise ValidationError(tx.sale_order_ids._credit_get_account_notice(reason))

    def _post_process(self):
        """Override of `payment` to confirm orders that are put on account, through the credit check.

        Held, not refused: the customer has finished the order. So are those that `delivery` confirms.
        """
        transactions = self._credit_for_customer()
        on_account = transactions.filtered(
            lambda tx: tx.provider_id.custom_mode == const.MODE and tx.state == "pending"
        )
        quotations = on_account.sale_order_ids.filtered(lambda order: order.state in ("draft", "sent"))
        quotations.with_context(send_email=True).action_confirm()
        return super(PaymentTransaction, transactions)._post_process()
