"""Confirmed orders of a customer that turns bad afterwards: looked at each night, stopped at their next step.

Rule by rule, where a policy gives the checkpoint *Confirmed Orders* an effect. An order that does not pass is marked,
listed among the holds, and its salesperson told; deliveries of it wait, and it does not grow, until the hold falls or
is released. It is never taken back.
"""

from odoo import api, models

from ..record.words import in_every_language

CHECKPOINT = "confirmed"
BATCH = 200  # orders between two commits: some seconds of a customer's mutex at most


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _cron_credit_confirmed(self):
        """Look at the confirmed orders of the companies whose policies ask for it."""
        companies = self.env["res.company"].search([]).filtered(  # pylint: disable=no-search-all
            lambda company: self.env["credit.policy"]._is_effective_at(CHECKPOINT, company)
        )
        orders = self.search(self._credit_get_confirmed_domain(companies), order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(orders))
        for start in range(0, len(orders), BATCH):
            batch = orders[start : start + BATCH]
            for in_company in batch.grouped("company_id").values():
                in_company._credit_look_again()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                return

    @api.model
    def _credit_get_confirmed_domain(self, companies):
        """Return which orders still have a step to take."""
        return [
            ("company_id", "in", companies.ids),
            ("state", "=", "sale"),
            ("invoice_status", "!=", "invoiced"),
            ("credit_hold_state", "!=", "held"),
        ]

    def _credit_look_again(self):
        """Put those of these orders on hold that do not pass any more."""
        checked = self._credit_get_enforced()._credit_is_checked(CHECKPOINT)
        if not checked:
            return
        decisions, error = self.env["credit.recheck"]._attempt(checked._credit_decide, CHECKPOINT)
        if error and len(self) > 1:  # one of them cannot be decided: the others are
            for order in self:
                order._credit_look_again()
        if error:
            return
        stopped = checked.filtered(lambda order: not decisions[order].is_allowed)
        stopped -= stopped._credit_get_rejected(decisions)
        if stopped:
            stopped._credit_hold(CHECKPOINT, decisions, stopped._credit_log(decisions))

    def _credit_get_stopped_title(self):
        """Override: a confirmed order goes on; its customer is no longer good for it."""
        if self.state == "sale":
            return self.env._("Confirmed, no longer within credit")
        return super()._credit_get_stopped_title()

    def _credit_get_confirmed_reason(self):
        """Return why the order was stopped after its confirmation, or an empty string."""
        hold = self.credit_hold_id
        is_stopped = self.state == "sale" and hold.state == "open" and hold.checkpoint == CHECKPOINT
        return in_every_language(hold, _get_stopped_reason) if is_stopped else ""


class AccountMove(models.Model):
    _inherit = "account.move"

    def _credit_get_order_stop(self, check):
        """Return why an order that is stopped stops its invoice, or an empty string.

        To invoice what is still here is the next step of a confirmed order. What was delivered is owed, and a down
        payment asks for money before anything leaves: both post.
        """
        for order in self._credit_get_orders().filtered(lambda order: order.state == "sale"):
            reason = order._credit_get_stop(check)
            if reason and any(line._credit_is_ahead(self) for line in order.order_line):
                return in_every_language(order, lambda told, reason=reason: _get_delivered_reason(told, reason))
        return ""


def _get_stopped_reason(hold):
    return hold.env._("the order is on credit hold: %(reason)s", reason=hold.reason or "")


def _get_delivered_reason(order, reason):
    words = order.env["credit.finding.text"]._format_words(reason, {}, order.company_id)
    return order.env._(
        "%(order)s: %(reason)s. What was delivered of it can be invoiced by itself", order=order.name, reason=words
    )
