"""Source of the exposure in orders: what is ordered or delivered and not invoiced.

It ends by a fact (invoiced, returned, waived), not by a state: what was delivered counts in every state of its order.
"""

from odoo import api, models
from odoo.tools import SQL

from ..reading.scope import among, left_out
from .shared import read_once

OPEN_ORDERS = (
    "id int, company_id int, partner_id int, currency_id int, date_due date, is_later bool, "
    "total numeric, delivered numeric, total_currency numeric, delivered_currency numeric"
)


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_presence(self, scope):
        of_order = scope.narrow(SQL("so.partner_invoice_id"))
        return {
            **super()._get_presence(scope),
            "orders": SQL(
                "EXISTS (SELECT FROM sale_order so WHERE so.state = 'sale' AND so.invoice_status <> 'invoiced' AND %s)",
                of_order,
            ),
            "down_payments": SQL(
                "EXISTS (SELECT FROM sale_order so JOIN sale_order_line l ON l.order_id = so.id AND l.is_downpayment "
                "WHERE %s)",
                of_order,
            ),
            "credit_uncovered": SQL("EXISTS (%s)", self._get_drafted_sql(scope)),
            "left_orders": SQL(
                """
                EXISTS (SELECT FROM sale_order_line l JOIN sale_order so ON so.id = l.order_id
                         WHERE l.qty_delivered <> 0 AND l.state <> 'sale' AND %s)
                """,
                of_order,
            ),
        }

    @api.model
    def _get_drafted_sql(self, scope):
        """The lines of a scope's orders that a draft credit note bills, or a draft for somebody else. OFFSET 0: without
        figures of its own on these few drafts, PostgreSQL would read all lines that were ever invoiced."""
        return SQL(
            """
            SELECT FROM (SELECT m.id FROM account_move m
                          WHERE m.state = 'draft' AND m.move_type = 'out_refund' AND %(own)s
                          UNION ALL
                         SELECT m.id FROM account_move m WHERE m.state = 'draft' AND m.credit_is_for_other
                         OFFSET 0) draft
             CROSS JOIN LATERAL (SELECT rel.order_line_id FROM account_move_line i
                                   JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = i.id
                                  WHERE i.move_id = draft.id OFFSET 0) drafted
             CROSS JOIN LATERAL (SELECT FROM sale_order_line l JOIN sale_order so ON so.id = l.order_id
                                  WHERE l.id = drafted.order_line_id AND %(of_order)s OFFSET 0) ordered
            """,
            own=among(SQL("m.commercial_partner_id"), scope.partner_ids),
            of_order=scope.narrow(SQL("so.partner_invoice_id")),
        )

    @api.model
    def _get_absent(self, presence):
        """What is called invoiced in full may be open for these two: see `_get_not_invoiced_sql`."""
        absent = super()._get_absent(presence)
        return absent if {"down_payments", "credit_uncovered"} <= absent else absent - {"orders"}

    @api.model
    def _get_orders_sql(self, scope):
        """Orders: what is ordered or delivered and neither invoiced nor in a draft; of orders that are not confirmed
        what was delivered.

        ``qty_invoiced`` counts posted and draft invoices, less credit notes; draft credit notes are added back, drafts
        for somebody else taken off again. Down payments invoiced, or in a draft, come off the order once.
        """
        return SQL(
            """
            SELECT %(company)s AS company_id, o.partner_id, part.component, 'sale.order' AS res_model,
                   o.id AS res_id, o.id AS row_id, o.date_due, part.amount,
                   ROUND(part.amount_currency::numeric, cur.decimal_places) AS amount_currency, o.currency_id
              FROM (%(orders)s) o
              JOIN res_currency cur ON cur.id = o.currency_id
             CROSS JOIN LATERAL (VALUES
                    ('delivered', LEAST(o.delivered, o.total), LEAST(o.delivered_currency, o.total_currency)),
                    (CASE WHEN o.is_later THEN 'orders_later' ELSE 'orders' END,
                     o.total - LEAST(o.delivered, o.total),
                     o.total_currency - LEAST(o.delivered_currency, o.total_currency)))
                    part (component, amount, amount_currency)
             WHERE part.amount <> 0
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("o.company_id")),
            orders=self._get_open_orders_sql(scope),
        )

    @api.model
    def _get_open_orders_sql(self, scope):
        """One row per open order: what is left to invoice, rounded in the company's currency."""
        return SQL("%s UNION ALL %s", self._get_confirmed_orders_sql(scope), self._get_left_orders_sql(scope))

    @api.model
    @left_out("orders", OPEN_ORDERS)
    def _get_confirmed_orders_sql(self, scope):
        confirmed = SQL(
            "(so.state = 'sale' AND so.invoice_status <> 'invoiced' OR so.state = 'sale' AND so.id = ANY(ARRAY(%s)))",
            self._get_not_invoiced_sql(scope),
        )
        is_later = SQL(
            "(c.credit_days_horizon > 0 AND so.commitment_date::date > %s + c.credit_days_horizon)", scope.as_of
        )
        return SQL(
            """
            SELECT w.id, w.company_id, w.partner_id, w.currency_id, w.date_due, w.is_later, w.total, w.delivered,
                   w.total_currency, w.delivered_currency FROM (%s) w
            """,
            self._get_worth_sql(scope, SQL("sale_order so"), confirmed, SQL("q.quantity"), is_later),
        )

    @api.model
    @left_out("left_orders", OPEN_ORDERS)
    def _get_left_orders_sql(self, scope):
        """Orders that are not confirmed, of which something was delivered and not invoiced: that is owed on.

        They are few among very many quotations, and have an index of their own: OFFSET 0 makes PostgreSQL start
        from it. What somebody said will not be invoiced is left out, up to its amount. A deposit that was given back
        too often raises what is ordered, and nothing is.
        """
        orders = SQL(
            "(SELECT DISTINCT order_id FROM sale_order_line WHERE qty_delivered <> 0 AND state <> 'sale' OFFSET 0) "
            "left_sale JOIN sale_order so ON so.id = left_sale.order_id"
        )
        rows = self._get_worth_sql(scope, orders, SQL("so.state <> 'sale'"), SQL("q.delivered"), SQL("FALSE"))
        return SQL(
            """
            SELECT w.id, w.company_id, w.partner_id, w.currency_id, w.date_due, w.is_later, w.total,
                   w.total AS delivered, w.total_currency, w.total_currency AS delivered_currency
              FROM (SELECT r.id, r.company_id, r.partner_id, r.currency_id, r.date_due, r.is_later,
                           GREATEST(0, LEAST(r.total, r.delivered) - waived.amount) AS total,
                           GREATEST(0, LEAST(r.total_currency, r.delivered_currency) - waived.amount * r.rate)
                               AS total_currency
                      FROM (%s) r
                     CROSS JOIN LATERAL (SELECT COALESCE((
                           SELECT credit_amount_waived FROM sale_order WHERE id = r.id), 0) AS amount) waived) w
            """,
            rows,
        )

    @api.model
    def _get_worth_sql(self, scope, orders, condition, quantity, is_later):
        """What orders are worth: of each line the quantity ``quantity``, and the delivered part; in the company's
        currency, and in their own: converting back would take cents off.

        The inner rounding gives back what the division of a line by its quantity took: a third times
        three is one, also where half a cent decides. The currency is looked up by itself: a join by hash looks free to
        PostgreSQL inside a loop over partners, where it builds the table once for each of them.

        :param SQL orders: gives the orders as ``so``
        :param SQL quantity: the open quantity, of `_get_quantities_sql` as ``q``
        """
        return SQL(
            """
            SELECT so.id, so.company_id, p.commercial_partner_id AS partner_id, so.currency_id,
                   %(rate)s AS rate,
                   COALESCE(so.commitment_date::date, so.date_order::date) AS date_due, %(is_later)s AS is_later,
                   GREATEST(0, ROUND((ROUND(GREATEST(SUM(q.unit * %(quantity)s - down.payment),
                                                     SUM(q.unit * q.owed - down.payment))::numeric, 8)
                            / %(rate)s)::numeric, cur.decimal_places)) AS total,
                   GREATEST(0, ROUND((ROUND(SUM(q.unit * q.delivered)::numeric, 8)
                            / %(rate)s)::numeric, cur.decimal_places)) AS delivered,
                   GREATEST(0, ROUND(GREATEST(SUM(q.unit * %(quantity)s - down.payment),
                                              SUM(q.unit * q.owed - down.payment))::numeric, 8)) AS total_currency,
                   GREATEST(0, ROUND(SUM(q.unit * q.delivered)::numeric, 8)) AS delivered_currency
              FROM %(orders)s
              JOIN res_partner p ON p.id = so.partner_invoice_id
              JOIN res_company c ON c.id = so.company_id
             CROSS JOIN LATERAL (SELECT decimal_places FROM res_currency WHERE id = c.currency_id OFFSET 0) cur
              JOIN sale_order_line l ON l.order_id = so.id AND l.display_type IS NULL
              LEFT JOIN (%(uncovered)s) uncovered ON uncovered.order_line_id = l.id
             CROSS JOIN LATERAL (%(quantities)s) q
             CROSS JOIN LATERAL (SELECT %(down_payment)s AS payment OFFSET 0) down
             WHERE %(condition)s AND %(scope)s
             GROUP BY so.id, p.commercial_partner_id, c.id, cur.decimal_places
            """,
            rate=self._get_order_rate_sql(),
            orders=orders,
            condition=condition,
            quantity=quantity,
            is_later=is_later,
            uncovered=self._get_uncovered_sql(scope),
            quantities=self._get_quantities_sql(),
            down_payment=SQL("0") if "down_payments" in scope.absent else self._get_down_payment_sql(),
            scope=scope.restrict(SQL("p.commercial_partner_id"), SQL("so.partner_invoice_id")),
        )

    @api.model
    def _get_order_rate_sql(self):
        """The rate at which an order ``so`` counts: that of its last step, as far as it took one here.

        ``sale.order._credit_get_rate`` says the same of one order.
        """
        return SQL("COALESCE(NULLIF(so.credit_currency_rate, 0), NULLIF(so.currency_rate, 0), 1)")

    @api.model
    def _get_not_invoiced_sql(self, scope):
        """The few orders that Odoo calls invoiced in full and that are not: what was deducted too much (a down payment
        was cancelled after the last invoice had taken it off), goods that are called a down payment, and what is in
        a draft for somebody else."""
        return SQL(
            """
            SELECT d.order_id FROM sale_order_line d
             WHERE d.is_downpayment AND (d.qty_invoiced < 0 OR d.untaxed_amount_invoiced < 0 OR d.product_uom_qty <> 0)
             UNION ALL
            SELECT uncovered.order_id FROM (%s) uncovered WHERE uncovered.is_for_other
            """,
            self._get_uncovered_sql(scope),
        )

    @api.model
    def _get_quantities_sql(self):
        """The unit price with tax, the open quantity and the delivered part of it, of a line.

        A down-payment line has no quantity: one that has is goods, whatever it claims. Returns lower an order by what
        was ordered back, not by what somebody says has come back; but where stock knows, what has left is ``owed``
        until it came back. OFFSET 0 keeps the price from being worked out once for each of its uses.
        """
        return SQL(
            """
            SELECT price.unit, open.quantity, open.delivered,
                   CASE WHEN l.product_uom_qty < 0 AND l.qty_delivered_method = 'stock_move'
                        THEN LEAST(COALESCE(l.qty_delivered, 0) - invoiced.quantity, 0)
                        WHEN l.product_uom_qty < 0 OR price.unit < 0 THEN open.quantity
                        ELSE open.delivered END AS owed
              FROM (SELECT COALESCE(l.qty_invoiced, 0) + COALESCE(uncovered.quantity, 0) AS quantity) invoiced
             CROSS JOIN LATERAL (SELECT %(unit)s AS unit OFFSET 0) price
             CROSS JOIN LATERAL (SELECT
                   CASE WHEN l.product_uom_qty < 0
                        THEN LEAST(l.product_uom_qty - invoiced.quantity, 0)
                        ELSE GREATEST(GREATEST(l.product_uom_qty, l.qty_delivered) - invoiced.quantity, 0)
                   END AS quantity,
                   GREATEST(COALESCE(l.qty_delivered, 0) - invoiced.quantity, 0) AS delivered) open
            OFFSET 0
            """,
            unit=self._get_unit_sql(SQL("l")),
        )

    @api.model
    def _get_unit_sql(self, line):
        """The price of one unit of an order line, tax included, in the order's currency.

        ``sale.order.line._credit_get_unit`` says the same of one line.
        """
        return SQL(
            """
            CASE WHEN %(line)s.product_uom_qty <> 0 THEN %(line)s.price_total / %(line)s.product_uom_qty
                 ELSE COALESCE(%(line)s.credit_price_unit_total, 0) END
            """,
            line=line,
        )

    @api.model
    @left_out("credit_uncovered", "order_line_id int, order_id int, quantity numeric, is_for_other bool")
    @read_once
    def _get_uncovered_sql(self, _scope):
        """What ``qty_invoiced`` counts and no draft covers, per order line: draft credit notes took it off, drafts for
        somebody else than the order's customer added it.

        Both kinds of drafts are few, and have an index each. Units are looked up by themselves: joined, they would
        make the order of joins longer to find than it takes to read them all.
        """
        return SQL(
            """
            SELECT order_line_id, MAX(order_id) AS order_id, SUM(quantity) AS quantity,
                   bool_or(is_for_other) AS is_for_other
              FROM (SELECT sol.id AS order_line_id, sol.order_id, draft.is_for_other,
                           draft.sign * i.quantity
                           * COALESCE((SELECT iu.factor FROM uom_uom iu WHERE iu.id = i.product_uom_id)
                                      / NULLIF((SELECT su.factor FROM uom_uom su WHERE su.id = sol.product_uom_id), 0),
                                      1) AS quantity
                      FROM (SELECT m.id, m.commercial_partner_id, FALSE AS is_for_other, 1 AS sign FROM account_move m
                             WHERE m.state = 'draft' AND m.move_type = 'out_refund'
                             UNION ALL
                            SELECT m.id, m.commercial_partner_id, TRUE, -1 FROM account_move m
                             WHERE m.state = 'draft' AND m.move_type = 'out_invoice' AND m.credit_is_for_other) draft
                     CROSS JOIN LATERAL (SELECT id, quantity, product_uom_id FROM account_move_line
                                          WHERE move_id = draft.id OFFSET 0) i
                     CROSS JOIN LATERAL (SELECT order_line_id FROM sale_order_line_invoice_rel
                                          WHERE invoice_line_id = i.id OFFSET 0) rel
                      JOIN sale_order_line sol ON sol.id = rel.order_line_id
                     WHERE NOT draft.is_for_other OR draft.commercial_partner_id IS DISTINCT FROM
                           (SELECT payer.commercial_partner_id FROM sale_order so
                              JOIN res_partner payer ON payer.id = so.partner_invoice_id
                             WHERE so.id = sol.order_id)) d
             GROUP BY order_line_id
            """
        )

    @api.model
    def _get_down_payment_sql(self):
        """What was invoiced on a down-payment line, posted or in a draft of the order's customer ``p``, in the order's
        currency. Goods are none, whatever they are called: something was delivered of them."""
        return SQL(
            """
            CASE WHEN l.is_downpayment AND l.product_uom_qty = 0 AND COALESCE(l.qty_delivered, 0) = 0 THEN COALESCE((
                 SELECT SUM(CASE WHEN m.move_type = 'out_refund' THEN -1 ELSE 1 END * i.price_total
                            * CASE WHEN i.currency_id = so.currency_id THEN 1
                                   ELSE so.credit_currency_rate / COALESCE(NULLIF(m.invoice_currency_rate, 0), 1) END)
                   FROM sale_order_line_invoice_rel rel
                   JOIN account_move_line i ON i.id = rel.invoice_line_id
                   JOIN account_move m ON m.id = i.move_id
                  WHERE rel.order_line_id = l.id
                    AND (m.state = 'posted' OR (m.state = 'draft' AND m.move_type = 'out_invoice'
                                                AND m.commercial_partner_id = p.commercial_partner_id))
                 ), 0) ELSE 0 END
            """
        )
