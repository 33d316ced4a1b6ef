"""What an invoice adds to what its orders counted, and what it is worth, whatever somebody typed."""

from odoo import models
from odoo.tools import SQL, float_is_zero

from ..record.words import in_every_language

# A bank's or the customs' rate differs from the company's by some percent; more makes a debt disappear.
RATE_TOLERANCE = 0.10
# Coins: a hundred of the smallest units are one franc or krona, half a percent is a coin of the peso. What rounds by
# more is no coin: whoever bills may also set up how it is rounded.
COIN_UNITS = 100
COIN_SHARE = 0.005


class AccountMove(models.Model):
    _inherit = "account.move"

    def _credit_get_total(self, as_of):
        """Return what the invoice is worth, tax included, in company currency.

        That is what the books will say, unless the typed rate makes the debt small: then what the
        rate of the day says.
        """
        worth = self.company_currency_id.round(self.amount_total / (self._credit_get_rate(as_of) or 1.0))
        return worth if worth > self.amount_total_signed * (1 + RATE_TOLERANCE) else self.amount_total_signed

    def _credit_get_rate(self, as_of):
        """Return one unit of the company's currency in that of the document, at the rate of a day."""
        return self.env["res.currency"]._get_conversion_rate(
            self.company_currency_id, self.currency_id, self.company_id, as_of
        )

    def _credit_get_rate_reason(self, as_of):
        """Return why the typed rate stops the invoice, or an empty string."""
        rounding = self.company_currency_id.rounding
        if float_is_zero(self._credit_get_total(as_of) - self.amount_total_signed, precision_rounding=rounding):
            return ""
        rates = {"typed": f"{self.invoice_currency_rate:g}", "rate": f"{self._credit_get_rate(as_of):g}"}
        return in_every_language(self, lambda told: told.env._(
            "the typed rate %(typed)s is far from the company's rate of today, %(rate)s", **rates
        ))

    def _credit_get_ordered(self):
        """Return what the invoice takes from its confirmed orders, in company currency.

        What the orders count for without the invoice, less what they count for with it: a discount
        that is left out, a higher price or quantity, is new.
        """
        orders = self._credit_get_orders().filtered(
            lambda order: (
                order.state == "sale" and order.partner_invoice_id.commercial_partner_id == self.commercial_partner_id
            )
        )
        return self.company_currency_id.round(sum(order._credit_get_taken(self) for order in orders))

    def _credit_get_orders(self):
        """Override: the orders that were invoiced; a receipt follows from none."""
        invoices = self.filtered(lambda move: move.move_type == "out_invoice")
        return invoices.invoice_line_ids.sale_line_ids.order_id

    def _credit_get_counted(self):
        """Return what the facts already contain of these drafts, by id, in company currency."""
        drafts = self.filtered(lambda move: move.state == "draft")._origin
        Exposure = self.env["credit.exposure"]
        self.env.flush_all()
        scope = Exposure._make_scope(self.env.company._credit_today(), drafts.commercial_partner_id.ids)
        rows = self.env.execute_query(
            SQL(
                "SELECT company_id, res_id, component, amount FROM (%s) d WHERE res_id IN %s",
                Exposure._get_drafts_sql(scope),
                tuple(drafts.ids) or (0,),
            )
        )
        counted = {}
        for company_id, move_id, component, amount in rows:
            if Exposure._is_counted(component, self.env["res.company"].browse(company_id)):
                counted[move_id] = counted.get(move_id, 0.0) + float(amount)
        return counted

    def _credit_get_exemption(self, total, ordered, as_of):
        """Return why the invoice is free of the check: what was delivered can always be invoiced, with what Odoo
        adds to it by itself."""
        if total <= 0:
            return "no_amount"
        if self._credit_is_of_claims():
            return "claim"
        if self._credit_is_discounted():
            return ""
        covered = ordered + self._credit_get_rounded(as_of)
        return "from_order" if self.company_currency_id.compare_amounts(covered, total) >= 0 else ""

    def _credit_get_rounded(self, as_of):
        """Return what rounding may add to an invoice of orders, in company currency: nobody asked for it.

        Taxes are rounded on each invoice anew, at most by one unit for each tax of a line, in the currency of the
        document; its total is rounded to coins.
        """
        lines = self.invoice_line_ids.filtered("sale_line_ids")
        unit = max(self.company_currency_id.rounding, self.currency_id.rounding / (self._credit_get_rate(as_of) or 1.0))
        coins = self.direction_sign * sum(self.line_ids.filtered(_is_rounding).mapped("balance"))
        coin_max = max(COIN_UNITS * unit, COIN_SHARE * self._credit_get_total(as_of)) if lines else 0.0
        return unit * sum(max(1, len(line.tax_ids)) for line in lines) + min(max(coins, 0.0), coin_max)

    def _credit_get_used_of(self, order):
        """Override: the order's other invoices, and what is still to be invoiced, use up its release."""
        return order._credit_get_used_by_invoices(self)


def _is_rounding(line):
    return line.display_type == "rounding"
