"""The deposit of an order in words and figures: on the form, on paper, at the portal, in the shop."""

from odoo import api, fields, models
from odoo.tools import formatLang

from ...engine.deposit import round_to
from ..record.words import read_words


class SaleOrder(models.Model):
    _inherit = "sale.order"

    credit_deposit_text = fields.Char(
        "Deposit",
        compute="_compute_credit_deposit_text",
        groups="base.group_user",
        help="What is to be received of the order first, by the policy of its customer: how much, why, what waits for "
        "it, what came and what is missing.",
    )

    credit_is_deposit_missing = fields.Boolean(
        compute="_compute_credit_deposit_text", groups="base.group_user", help="Something is missing of the deposit."
    )

    @api.depends("partner_invoice_id", "amount_total", "payment_term_id", "state", "credit_hold_state", "company_id")
    @api.depends_context("uid", "lang")
    def _compute_credit_deposit_text(self):
        self.credit_deposit_text = self.credit_is_deposit_missing = False
        if self._credit_sees_figures():
            for order, asked in self._credit_find_asked().items():
                order.credit_deposit_text = order._credit_write_deposit(asked) if asked.deposit.required else False
                order.credit_is_deposit_missing = asked.deposit.is_missing(asked.tolerance) and not asked.is_waived

    def _credit_write_deposit(self, asked):
        """Return all that is to be said of a deposit to those who sell."""
        words = asked.deposit.rule and read_words(self.env, asked.deposit.rule.words)
        figures = {"percent": self._credit_write_percent(asked.deposit),
                   "amount": self._credit_write_own(asked.deposit.required)}
        if words:
            what = self.env._("Deposit %(percent)s: %(amount)s (%(reason)s).", **figures, reason=words)
        else:
            what = self.env._("Deposit %(percent)s: %(amount)s.", **figures)
        is_open = asked.deposit.is_missing(asked.tolerance) and not asked.is_waived
        waits = self._credit_write_waits(asked) if is_open else ""
        return " ".join(filter(None, (what, waits, self._credit_write_came(asked))))

    def _credit_write_waits(self, asked):
        """Return what waits for a deposit, in a sentence."""
        if asked.waits == "order":
            return self.env._("The order is confirmed when it is here.")
        if asked.waits == "delivery":
            return self.env._("The goods are delivered when it is here.")
        return self.env._("Nothing waits for it.")

    def _credit_write_came(self, asked):
        """Return what came of a deposit, in a sentence."""
        deposit = asked.deposit
        if asked.is_waived and deposit.missing:
            return self.env._("A release lets the order go on without it.")
        if not deposit.is_missing(asked.tolerance):
            return self.env._("It is here: %(received)s.", received=self._credit_write_own(deposit.received))
        if not deposit.received:
            return self.env._("Nothing has come yet.")
        return self.env._(
            "%(received)s has come, %(missing)s is missing.",
            received=self._credit_write_own(deposit.received),
            missing=self._credit_write_own(deposit.missing),
        )

    def _credit_write_own(self, amount):
        """Return an amount in the currency of the order as the reader writes it."""
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    @api.model
    def _credit_write_percent(self, deposit):
        return f"{round_to(deposit.percent, 0.01):g} %"

    def _credit_get_deposit_shown(self):
        """Return what a customer sees of the deposit, on paper, at the portal, in the shop: no rule of ours.

        :return: figures in the currency of the order and a sentence, or an empty dict when nothing is asked
        """
        self.ensure_one()
        asked = self._credit_find_asked()[self]
        deposit = asked.deposit
        is_waived = asked.is_waived and deposit.is_missing(asked.tolerance)
        if not deposit.required or is_waived or self.state == "cancel":
            return {}
        is_missing = deposit.is_missing(asked.tolerance)
        return {
            "title": self.env._("Deposit (%(percent)s)", percent=self._credit_write_percent(deposit)),
            "required": deposit.required,
            "received": min(deposit.received, deposit.required),
            "missing": deposit.missing if is_missing else 0.0,
            "sentence": self._credit_get_deposit_sentence(asked) if is_missing else "",
        }

    def _credit_get_deposit_sentence(self, asked):
        """Return what a customer is told to do."""
        missing = self._credit_write_own(asked.deposit.missing)
        if asked.waits == "order":
            return self.env._("Please pay %(missing)s: your order is confirmed as soon as it is here.", missing=missing)
        if asked.waits == "delivery":
            return self.env._("Please pay %(missing)s: your goods leave as soon as it is here.", missing=missing)
        return self.env._("Please pay %(missing)s as a deposit.", missing=missing)

    def _credit_get_held_text(self):
        """Override: who is only waited for with the deposit is told what is missing."""
        shown = self._credit_get_deposit_shown() if self._credit_is_waiting_for_deposit() else {}
        if not shown.get("missing"):
            return super()._credit_get_held_text()
        thanks = self.env._("Thank you for your order %(order)s.", order=self.name)
        received = self.env._("We have received %(received)s.", received=self._credit_write_own(shown["received"]))
        return " ".join(filter(None, (thanks, received if shown["received"] else "", shown["sentence"])))
