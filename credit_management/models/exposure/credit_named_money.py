"""Facts: money on account that the customer, or somebody here, has named for an order that waits.

It is that order's, up to the order's total; it is not netted against what is overdue, or one euro would serve twice.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..reading.scope import left_out
from .shared import read_once

NAME_MOST = 192  # bytes of an order's number or of a reference: 64 characters of any language
TEXT_MOST = 2000  # characters of what is written with money


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_presence(self, scope):
        credit = SQL(
            """
            EXISTS (SELECT FROM account_move_line i
                     WHERE i.amount_residual < 0 AND i.parent_state = 'posted' AND %s AND %s)
            """,
            scope.restrict_account(SQL("i.account_id")),
            scope.narrow(SQL("i.partner_id")),
        )
        return {**super()._get_presence(scope), "credit_named": credit}

    @api.model
    def _get_absent(self, presence):
        """What corrects an item may open a credit again."""
        absent = super()._get_absent(presence)
        return absent if "credit_correction" in absent else absent - {"credit_named"}

    @api.model
    @left_out("credit_named", "company_id int, partner_id int, order_id int, amount numeric, own numeric, is_open bool")
    @read_once
    def _get_named_sql(self, scope):
        """Return SQL with one row per order that money on account is named for: ``company_id, partner_id, order_id,
        amount`` (company currency, at most the order's total), ``own``: the order's, ``is_open``: to invoice.

        Named is the order that a confirmation was decided with the money for; else what somebody has allotted on the
        payment, else the order it was paid online for (which counts it as captured), else what carries its number or
        the customer's reference in the text of payment, bank line or entry. Of two that it names the older is served.
        """
        return SQL(
            """
            SELECT company_id, partner_id, order_id, LEAST(SUM(amount), MAX(total)) AS amount,
                   LEAST(SUM(own), MAX(amount_total)) AS own, bool_and(is_open) AS is_open
              FROM (%s) named GROUP BY company_id, partner_id, order_id
            """,
            self._get_named_credits_sql(scope),
        )

    @api.model
    def _get_named_credits_sql(self, scope):
        """Return SQL with one row per item of money on account that is named for an order, as `_get_named_sql`."""
        query = "SELECT c.*, o.* FROM (%s) c CROSS JOIN LATERAL (%s) o"
        return SQL(query, self._get_credits_sql(scope), self._get_named_order_sql())

    @api.model
    def _get_credits_sql(self, scope):
        """Money on account: what is open of unmatched items of payments and bank lines, with all that was written with
        them; only where it is money: not of a rejected or reversed payment."""
        return SQL(
            """
            SELECT i.company_id, i.partner_id, -i.amount AS amount, -i.amount_currency AS paid, i.currency_id AS unit,
                   m.id AS move_id, m.credit_served_order_id AS served_id, pay.credit_order_id AS allotted_id,
                   (SELECT MIN(s.id) FROM sale_order_transaction_rel r JOIN sale_order s ON s.id = r.sale_order_id
                     WHERE r.transaction_id = pay.payment_transaction_id AND s.state <> 'cancel') AS online_id,
                   left(concat_ws(' ', pay.memo, b.payment_ref, m.ref, x.name), %(most)s) AS text
              FROM (%(items)s) i
              JOIN account_move_line x ON x.id = i.row_id
              JOIN account_move m ON m.id = i.res_id
              LEFT JOIN account_payment pay ON pay.id = m.origin_payment_id
              LEFT JOIN account_bank_statement_line b ON b.move_id = m.id
             WHERE i.amount < 0 AND (pay.id IS NOT NULL OR b.id IS NOT NULL) AND %(is_money)s
            """,
            items=self._get_items_sql(scope),
            is_money=self._get_is_money_sql(scope.as_of),
            most=TEXT_MOST,
        )

    @api.model
    def _get_named_order_sql(self):
        """The order that credit ``c`` is named for: the one that it has served, also when that is invoiced; else a
        quotation or an order that is not invoiced in full. By age is by number: dates are typed."""
        return SQL(
            """
            SELECT so.id AS order_id, so.amount_total / %(rate)s AS total, so.invoice_status <> 'invoiced' AS is_open,
                   so.amount_total, CASE WHEN c.online_id IS NOT NULL THEN 0
                                         WHEN so.currency_id = c.unit THEN c.paid ELSE c.amount * %(rate)s END AS own
              FROM sale_order so
              JOIN res_partner contact ON contact.id = so.partner_invoice_id
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN so.id = c.served_id AND so.state = 'sale' THEN 1
                               WHEN so.invoice_status = 'invoiced' THEN NULL
                               WHEN COALESCE(c.allotted_id, c.online_id) IS NOT NULL
                               THEN CASE WHEN so.id = COALESCE(c.allotted_id, c.online_id) THEN 2 END
                               WHEN %(number)s THEN 3 WHEN %(reference)s THEN 4 END AS turn) is_named
             WHERE contact.commercial_partner_id = c.partner_id AND %(company)s = c.company_id
               AND so.state IN ('draft', 'sent', 'sale') AND (so.invoice_status <> 'invoiced' OR so.id = c.served_id)
               AND is_named.turn IS NOT NULL
             ORDER BY is_named.turn, so.id LIMIT 1
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("so.company_id")),
            rate=self._get_order_rate_sql(),
            number=self._get_is_in_text_sql(SQL("so.name")),
            reference=self._get_is_in_text_sql(SQL("so.client_order_ref")),
        )

    @api.model
    def _get_is_in_text_sql(self, name):
        """Return the condition that the text of credit ``c`` contains a name as a word of its own.

        Customers write references, in the store too: a long one is none, and no pattern is made of what the text
        does not contain.
        """
        return SQL(
            """
            CASE WHEN octet_length(%(name)s) > %(most)s OR length(%(name)s) <= 3 THEN FALSE
                 WHEN strpos(lower(c.text), lower(%(name)s)) = 0 THEN FALSE
                 ELSE c.text ~* ('(^|[^[:alnum:]])' || regexp_replace(%(name)s, '([^[:alnum:]])', '\\\\\\1', 'g')
                                 || '([^[:alnum:]]|$)') END
            """,
            name=name,
            most=NAME_MOST,
        )

    @api.model
    def _read_named(self, scope):
        """Return ``(company id, customer id, order id, amount, in the order's currency)`` of the money on account that
        is named for orders."""
        columns = SQL("company_id, partner_id, order_id, amount::float, own::float")
        return self.env.execute_query(SQL("SELECT %s FROM (%s) named", columns, self._get_named_sql(scope)))


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


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_served_order_id = fields.Many2one(
        "sale.order",
        "Served",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="The order that was let through with this money, while it is confirmed.",
    )
