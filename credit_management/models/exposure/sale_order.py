"""The rate at which an order counts: that of its last step, not of the date that it bears."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    credit_currency_rate = fields.Float(
        "Rate of the Last Step",
        compute="_compute_credit_currency_rate",
        store=True,
        precompute=True,
        copy=False,
        digits=0,
        help="One unit of the company's currency in that of the order, on the day on which the order took its last "
        "step. Credit counts a confirmed order at this rate, whatever its date says.",
    )

    @api.depends("state", "currency_id", "company_id")
    def _compute_credit_currency_rate(self):
        """Keep the rate of the day: it does not depend on the date of the order, which anybody may write."""
        for order in self:
            today = (order.company_id or self.env.company)._credit_today()
            order.credit_currency_rate = order._credit_get_rate_of(today)

    def _credit_get_rate_of(self, as_of):
        """Return one unit of the company's currency in that of the order, on a day."""
        company = self.company_id or self.env.company
        currency = self.currency_id or company.currency_id
        return self.env["res.currency"]._get_conversion_rate(company.currency_id, currency, company, as_of)

    def _credit_get_rate(self, as_of=None):
        """Return the rate at which the order counts: of its last step, or of the step that it is about to take.

        :param as_of: the day of a step that is decided; None for what the order counts for already
        """
        is_kept = self.state == "sale" or not as_of
        return (is_kept and (self.credit_currency_rate or self.currency_rate)) or self._credit_get_rate_of(as_of) or 1.0
