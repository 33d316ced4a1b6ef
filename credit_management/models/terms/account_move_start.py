"""When the terms of an invoice begin: when it was delivered or received."""

from odoo import api, fields, models

from .account_payment_term_dates import OF_INVOICE, Known, telling


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_date_received = fields.Date(
        "Invoice Received", copy=False, tracking=True,
        help="The day on which the customer received the invoice (票到): the terms begin with it. Once the invoice is "
        "posted, a later day grants time: that takes a credit controller.",
    )
    credit_terms_start = fields.Selection(
        related="invoice_payment_term_id.credit_start", string="Terms Begin With",
        help="From which day the due dates are counted.",
    )

    @api.depends("credit_date_received", "delivery_date")
    def _compute_needed_terms(self):
        """Override of `account`: with the day on which the terms of each invoice begin."""
        for move in self:
            with telling(self.env.cr, move._credit_get_known()):
                super(AccountMove, move)._compute_needed_terms()

    def _credit_get_known(self):
        """Return what the terms of the invoice cannot know: when they begin, what was invoiced in advance."""
        terms = self.invoice_payment_term_id
        start = self._credit_get_terms_start() if self.credit_terms_start in OF_INVOICE else None
        if self.move_type != "out_invoice" or not any(terms.line_ids.mapped("credit_is_in_advance")):
            return Known(start or None)
        before = -sum(self.invoice_line_ids.filtered(_is_deducted).mapped("price_total"))
        own = self.company_currency_id.round(before / (self.invoice_currency_rate or 1.0))
        return Known(start or None, own, before, self._is_downpayment())

    def _credit_get_terms_start(self):
        """Return the day on which the terms begin; None where it is not known yet: the date of the invoice counts."""
        return self.delivery_date if self.credit_terms_start == "delivery" else self.credit_date_received

    def write(self, vals):
        """Override: on a posted invoice the receipt moves its due dates; later ones are a credit controller's.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        result = super().write(vals)
        if "credit_date_received" in vals:
            for move in self.filtered(lambda move: move.state == "posted" and move.credit_terms_start == "received"):
                move._credit_move_due()
        return result

    def _credit_move_due(self):
        """Set the due dates of a posted invoice anew, by the day on which it was received."""
        start = self.credit_date_received or self.invoice_date
        with telling(self.env.cr, self._credit_get_known()):
            made = self.invoice_payment_term_id._compute_terms(
                date_ref=start, currency=self.currency_id, company=self.company_id, tax_amount=self.amount_tax_signed,
                tax_amount_currency=self.amount_tax, untaxed_amount=self.amount_untaxed_signed,
                untaxed_amount_currency=self.amount_untaxed, sign=1, cash_rounding=self.invoice_cash_rounding_id,
            )
        items = self.line_ids.filtered(lambda item: item.display_type == "payment_term").sorted("date_maturity")
        days = sorted(line["date"] for line in made["line_ids"])
        if len(items) == len(days):
            for item, day in zip(items, days, strict=True):
                item.date_maturity = day
            self.invoice_date_due = max(days)


def _is_deducted(line):
    """Tell whether a line of an invoice takes off what was invoiced as down payment before."""
    return line.price_total < 0 and any(line.sale_line_ids.mapped("is_downpayment"))
