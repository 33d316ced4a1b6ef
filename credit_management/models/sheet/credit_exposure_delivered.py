"""What was delivered and is not invoiced, line by line: what is behind the component "delivered"."""

from odoo import api, models
from odoo.tools import SQL

from ..exposure.shared import share


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    @share
    def _get_delivered_lines_sql(self, scope):
        """One row for each order line of which something was delivered and is not invoiced, in the order's currency.

        ``counted`` is what the exposure counts of the whole order as delivered, in company currency: less than its
        lines together where a down payment was invoiced.
        """
        return SQL(
            """
            SELECT %(company)s AS company_id, o.partner_id, o.id AS order_id, o.currency_id, %(rate)s AS rate,
                   LEAST(o.delivered, o.total) AS counted, l.id AS line_id, q.delivered AS quantity, q.unit
              FROM (%(orders)s) o
              JOIN sale_order so ON so.id = o.id
              JOIN sale_order_line l ON l.order_id = o.id AND l.display_type IS NULL
              LEFT JOIN (%(uncovered)s) uncovered ON uncovered.order_line_id = l.id
             CROSS JOIN LATERAL (%(quantities)s) q
             WHERE LEAST(o.delivered, o.total) > 0 AND q.delivered <> 0
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("o.company_id")),
            rate=self._get_order_rate_sql(),
            orders=self._get_open_orders_sql(scope),
            uncovered=self._get_uncovered_sql(scope),
            quantities=self._get_quantities_sql(),
        )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _credit_get_deliveries(self, quantities, day):
        """Return by which deliveries quantities came: ``{line: [(quantity, delivery note, day)]}``.

        Without stock nobody knows: what was delivered is a number on the order.

        :param dict quantities: ``{line: quantity}`` that is not invoiced today, in the unit of the line
        :param day: what was delivered after it is left out, where that is known
        """
        return {line: [(quantities[line], "", None)] for line in self}
