"""Facts: money on account that the customer, or somebody here, has named for an order that waits.

It is that order's, up to the order's total; it is not netted against what is overdue, or one euro would serve twice.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from .shared import read_once


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    @read_once
    def _get_named_sql(self, scope):
        """Return SQL with one row per order that money on account is named for: ``company_id, partner_id, order_id,
        amount`` (company currency, at most the order's total).

        Named is what somebody has allotted on the payment, else what carries the order's number or the customer's
        reference in the text of payment, bank line or entry. A text that names two orders serves the older one.
        """
        return SQL(
            """
            SELECT c.company_id, c.partner_id, o.order_id, LEAST(SUM(c.amount), MAX(o.total)) AS amount
              FROM (%(credits)s) c
             CROSS JOIN LATERAL (%(order)s) o
             GROUP BY c.company_id, c.partner_id, o.order_id
            """,
            credits=self._get_credits_sql(scope),
            order=self._get_named_order_sql(),
        )

    @api.model
    def _get_credits_sql(self, scope):
        """Money on account: unmatched items of payments and bank lines, with all that was written with them.

        Of what is open of an item, and only where it is money: not of a rejected or reversed payment.
        """
        return SQL(
            """
            SELECT i.company_id, i.partner_id, -i.amount AS amount,
                   pay.credit_order_id AS order_id, concat_ws(' ', pay.memo, b.payment_ref, m.ref, x.name) AS text
              FROM (%(items)s) i
              JOIN account_move_line x ON x.id = i.row_id
              JOIN account_move m ON m.id = i.res_id
              LEFT JOIN account_payment pay ON pay.id = m.origin_payment_id
              LEFT JOIN account_bank_statement_line b ON b.move_id = m.id
             WHERE i.amount < 0 AND (pay.id IS NOT NULL OR b.id IS NOT NULL) AND %(is_money)s
            """,
            items=self._get_items_sql(scope),
            is_money=self._get_is_money_sql(scope.as_of),
        )

    @api.model
    def _get_named_order_sql(self):
        """The order that credit ``c`` is named for: quotations and orders that are not invoiced in full."""
        named = SQL(" OR ").join(
            SQL(
                "(length(%(name)s) > 3 AND c.text ~* ('(^|[^[:alnum:]])' "
                "|| regexp_replace(%(name)s, '([^[:alnum:]])', '\\\\\\1', 'g') || '([^[:alnum:]]|$)'))",
                name=SQL(name),
            )
            for name in ("so.name", "so.client_order_ref")
        )
        return SQL(
            """
            SELECT so.id AS order_id, so.amount_total / %(rate)s AS total
              FROM sale_order so
              JOIN res_partner contact ON contact.id = so.partner_invoice_id
             WHERE contact.commercial_partner_id = c.partner_id AND %(company)s = c.company_id
               AND so.state IN ('draft', 'sent', 'sale') AND so.invoice_status <> 'invoiced'
               AND (so.id = c.order_id OR (c.order_id IS NULL AND (%(named)s)))
             ORDER BY so.date_order, so.id LIMIT 1
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("so.company_id")),
            named=named,
            rate=self._get_order_rate_sql(),
        )

    @api.model
    def _read_named(self, scope):
        """Return ``{order id: amount}`` of the money on account that is named for an order, in company currency."""
        rows = self.env.execute_query(SQL("SELECT order_id, amount::float FROM (%s) named", self._get_named_sql(scope)))
        return dict(rows)


class AccountPayment(models.Model):
    _inherit = "account.payment"

    credit_order_id = fields.Many2one(
        "sale.order",
        "For Order",
        copy=False,
        index="btree_not_null",
        domain="[('partner_invoice_id.commercial_partner_id', '=', partner_id), "
        "('company_id', 'child_of', company_id), ('state', 'in', ['draft', 'sent', 'sale'])]",
        help="The order whose deposit this payment is. Empty: the order that the memo names, if any. Money that is "
        "named for an order counts for its deposit, and is not netted against what is overdue.",
    )
