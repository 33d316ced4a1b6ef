"""The checkout: what the customer's credit allows, and why not."""

from odoo.addons.website_sale.controllers.main import WebsiteSale

from .. import const


class CreditWebsiteSale(WebsiteSale):
    def _get_shop_payment_values(self, order, **kwargs):
        """Override of `website_sale` to add the credit of the customer, and why the order cannot be put
        on account. Never as an error: Odoo asks for errors again after the payment."""
        values = super()._get_shop_payment_values(order, **kwargs)
        values["credit_values"] = order._credit_get_shop_values()
        values["credit_deposit"] = order and order._credit_get_deposit_shown()
        report = values.get("availability_report", {}).get("providers", {})
        refused = [entry for provider, entry in report.items() if provider.custom_mode == const.MODE]
        reason = next((entry["reason"] for entry in refused if not entry["available"]), "")
        values["credit_notice"] = reason and order._credit_get_account_notice(reason)
        return values
