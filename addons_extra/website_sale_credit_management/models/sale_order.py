"""Web orders: checked at the checkpoint 'shop'; whether they may be put on account."""

import dataclasses

from odoo import api, models
from odoo.addons.credit_management.engine.policy import DEPOSIT, HOLD, REFUSE
from odoo.addons.credit_management.models.policy.credit_criterion import LIMIT, OVERDUE


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _credit_prepare_request(self, check):
        """Override: what came in through the shop is checked by the rules of the shop."""
        request = super()._credit_prepare_request(check)
        is_from_shop = check.checkpoint == "order" and self.website_id
        return dataclasses.replace(request, checkpoint="shop") if is_from_shop else request

    @api.model
    def _credit_get_account_notice(self, reason):
        """Return the sentence that tells a customer why an order cannot be put on account."""
        return self.env._("Payment on account is not possible: %(reason)s.", reason=reason)

    def _credit_get_account_refusal(self):
        """Return why the order cannot be put on account, in words for the customer; '' when it can.

        A dry run, to decide what is offered. The gate decides when the order is confirmed.
        """
        self.ensure_one()
        if self.env.user._is_public():
            return self.env._("please sign in first")
        if not self.company_id._is_credit_checked():
            return self.env._("payment on account is not available")
        decision = self._credit_decide("order", is_locked=False)[self]
        if decision.exemption == "no_amount":
            return ""
        if decision.facts.limit.kind == "none":
            return self.env._("no credit limit is set up for your account")
        return self._credit_get_account_reason(decision)

    def _credit_get_account_reason(self, decision):
        """Return the first reason of a decision in words for the customer: no figures, no rules of ours."""
        if decision.is_allowed:
            return ""
        criteria = self.env["credit.criterion"]._get_by_name()
        subjects = {criteria[finding.criterion].about for finding in decision.findings}
        if {finding.criterion for finding in decision.findings if finding.effect in (HOLD, REFUSE)} == {DEPOSIT}:
            return self.env._("a deposit is to be paid first")
        if OVERDUE in subjects:
            return self.env._("invoices are past due on your account")
        if LIMIT in subjects:
            return self.env._("the order is above your available credit")
        return self.env._("please contact us")

    def _credit_get_shop_values(self):
        """Return limit and available credit for the checkout; nothing where they are not shown."""
        company = self.company_id
        if not self or not company.credit_is_shop_shown or self.env.user._is_public():
            return {}
        # shown to the customer itself, at the checkout of its own order
        profile = self.env["credit.profile"].sudo()._ensure(self.partner_invoice_id, company)
        if profile.limit_state != "amount":
            return {}
        return {
            "limit": profile.amount_limit_effective,
            "available": max(profile.amount_available, 0.0),
            "currency": profile.currency_id,
        }
