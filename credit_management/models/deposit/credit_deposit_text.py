"""A deposit in words: of whom, and how much."""

from functools import reduce

from odoo import api, models
from odoo.tools import format_list, formatLang


class CreditDepositText(models.AbstractModel):
    _name = "credit.deposit.text"
    _description = "Deposits in words"

    @api.model
    def _write_whom(self, rule):
        """Return of whom, and of which orders, a rule asks a deposit, in the language of the rule's environment."""
        told = self.with_env(rule.env)
        parts = [*told._write_customer(rule), *told._write_order(rule)]
        return told._join(parts) if parts else rule.env._("every order")

    @api.model
    def _join(self, parts):
        """Return parts one after the other: Odoo's lists have no comma of their own in every language."""
        return reduce(lambda first, more: self.env._("%(first)s, %(more)s", first=first, more=more), parts)

    @api.model
    def _write_customer(self, rule):
        if rule.rating_ids:
            yield self.env._("rated %(ratings)s", ratings=self._write_names(rule.rating_ids))
        if rule.is_overdue and rule.days_overdue:
            yield self.env._("overdue for more than %(days)s days", days=rule.days_overdue)
        elif rule.is_overdue:
            yield self.env._("something is overdue")
        if rule.percent_index:
            yield self.env._("payment index below %(index)s", index=f"{rule.percent_index:g}")
        if rule.is_new:
            yield self.env._("a customer for fewer than %(days)s days", days=rule.days_customer)

    @api.model
    def _write_order(self, rule):
        starts, ends = (self._write_money(amount, rule.currency_id) for amount in (rule.amount_from, rule.amount_to))
        if rule.amount_from and rule.amount_to:
            yield self.env._("orders from %(starts)s to below %(ends)s", starts=starts, ends=ends)
        elif rule.amount_from:
            yield self.env._("orders from %(starts)s on", starts=starts)
        elif rule.amount_to:
            yield self.env._("orders below %(ends)s", ends=ends)
        if rule.category_ids:
            yield self.env._("orders with %(categories)s", categories=self._write_names(rule.category_ids))
        if rule.term_ids:
            yield self.env._("terms %(terms)s", terms=self._write_names(rule.term_ids))

    @api.model
    def _write_names(self, records):
        return format_list(self.env, records.with_env(self.env).mapped("name"), style="or")

    @api.model
    def _write_money(self, amount, currency):
        return formatLang(self.env, amount, currency_obj=currency)

    @api.model
    def _write_asked(self, rule):
        """Return how much a rule asks for: ``30 %, at most 5,000.00 €, rounded up to 10``."""
        money = rule.kind == "amount"
        parts = [self._write_money(rule.amount, rule.currency_id) if money else f"{rule.percent:g} %"]
        if rule.amount_most:
            most = self._write_money(rule.amount_most, rule.currency_id)
            parts.append(self.env._("at most %(amount)s", amount=most))
        if rule.amount_step:
            parts.append(self.env._("rounded up to %(step)s", step=f"{rule.amount_step:g}"))
        return self._join(parts)
