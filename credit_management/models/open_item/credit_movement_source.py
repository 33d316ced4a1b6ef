"""What was booked on the account of a customer in a period: what a statement of movements is made of."""

from odoo import api, models
from odoo.tools import SQL


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_movements_sql(self, scope, date_from):
        """Return SQL with ``company_id, partner_id, currency_id, move_id, date, amount_currency, amount``: a row per
        entry from a day on up to that of the scope, and one without entry for all that was before.

        On the accounts of which a customer's open items are: trade receivables and advances. An entry that takes from
        the customer what it gives in the same currency moves nothing.
        """
        accounts = self.env["account.account"]._credit_get_accounts()
        company = self.env["res.company"]._credit_company_sql(SQL("l.company_id"))
        return SQL(
            """
            SELECT %(company)s AS company_id, p.commercial_partner_id AS partner_id, l.currency_id,
                   CASE WHEN l.date >= %(date_from)s THEN l.move_id END AS move_id,
                   CASE WHEN l.date >= %(date_from)s THEN l.date END AS date,
                   SUM(l.amount_currency) AS amount_currency, SUM(l.balance) AS amount
              FROM account_move_line l
              JOIN res_partner p ON p.id = l.partner_id
             WHERE l.parent_state = 'posted' AND l.date <= %(day)s AND l.account_id IN %(accounts)s AND %(scope)s
             GROUP BY 1, 2, 3, 4, 5
            HAVING SUM(l.amount_currency) <> 0
            """,
            company=company,
            date_from=date_from,
            day=scope.as_of,
            accounts=(*accounts.trade, *accounts.advance) or (0,),
            scope=scope.restrict(SQL("p.commercial_partner_id"), SQL("l.partner_id")),
        )
