"""Facts of a profile that a rule has to ask for: days of the oldest open item, of the last payment; broken promises."""

from odoo import api, models
from odoo.tools import SQL

from ...engine.facts import BrokenPromise
from ..exposure.shared import share
from ..reading.scope import among


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _add_dates(self, optional, reading):
        """Add the age of the oldest open item and the days since the last payment."""
        for profile_id, days_oldest, days_payment in reading.rows("_get_dates_sql"):
            optional[profile_id].update(days_oldest_item=days_oldest or 0, days_since_payment=days_payment)

    def _add_promises(self, optional, reading):
        """Add the broken promises: what was paid since the first of them is added up for it."""
        if "promises" in reading.scope.absent:
            return
        for profile_id, promises in reading.rows("_get_broken_sql"):
            optional[profile_id]["promises_broken"] = tuple(BrokenPromise(*promise) for promise in promises)

    @api.model
    @share
    def _get_broken_sql(self, scope, ids):
        promises = self.env["credit.exposure"]._get_broken_promises_sql(scope)
        of_profiles = among(SQL("b.profile_id"), ids)
        return SQL("SELECT b.profile_id, b.promises_broken FROM (%s) b WHERE %s", promises, of_profiles)

    def _add_days_customer(self, optional, reading):
        """Add the days since the first invoice, of those that were ever invoiced: a deposit makes nobody an old
        customer, for its invoice is as young as its order."""
        for profile_id, days in reading.rows("_get_days_customer_sql"):
            optional[profile_id]["days_customer"] = days

    @api.model
    def _get_days_customer_sql(self, scope, ids):
        return SQL(
            """
            SELECT p.id, %(today)s - MIN(m.invoice_date)
              FROM credit_profile p
              JOIN account_move m ON m.commercial_partner_id = p.partner_id AND %(company)s = p.company_id
             WHERE %(ids)s AND m.move_type = 'out_invoice' AND m.state = 'posted' AND m.invoice_date <= %(today)s
             GROUP BY p.id
            """,
            today=scope.as_of,
            company=self.env["res.company"]._credit_company_sql(SQL("m.company_id")),
            ids=among(SQL("p.id"), ids),
        )

    @api.model
    def _get_dates_sql(self, scope, ids):
        """Return SQL with ``id, days_oldest_item, days_since_payment`` of profiles; without a payment since the first
        item."""
        Exposure = self.env["credit.exposure"]
        return SQL(
            """
            SELECT p.id, %(today)s - oldest.day, %(today)s - COALESCE(%(payment)s, %(first)s)
              FROM credit_profile p
              LEFT JOIN (%(oldest)s) oldest ON oldest.partner_id = p.partner_id
                                           AND oldest.company_id = p.company_id
             WHERE %(ids)s
            """,
            today=scope.as_of,
            oldest=Exposure._get_oldest_day_sql(scope),
            payment=Exposure._get_last_payment_sql(scope),
            first=self._get_first_day_sql(scope),
            ids=among(SQL("p.id"), ids),
        )

    @api.model
    def _get_first_day_sql(self, scope):
        """Return SQL for the day of the first receivable item of profile ``p``."""
        return SQL(
            """
            (SELECT MIN(l.date) FROM res_partner contact
               JOIN account_move_line l ON l.partner_id = contact.id AND %s = p.company_id
              WHERE contact.commercial_partner_id = p.partner_id AND %s AND l.parent_state = 'posted')
            """,
            self.env["res.company"]._credit_company_sql(SQL("l.company_id")),
            scope.restrict_account(SQL("l.account_id")),
        )


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    @share
    def _get_oldest_day_sql(self, scope):
        """Return SQL with the day of the oldest open document per company and customer, as the overdue test sees it.

        Credits are netted against the items that are due first, and parts with a component of their own (disputes)
        are left out.
        """
        return SQL(
            """
            SELECT i.company_id, i.partner_id, MIN(i.day) AS day
              FROM (SELECT item.company_id, item.partner_id, COALESCE(m.invoice_date, l.date) AS day,
                           item.amount - COALESCE(moved.amount, 0) AS debit,
                           SUM(GREATEST(item.amount, 0) - COALESCE(moved.amount, 0)) OVER (
                               PARTITION BY item.company_id, item.partner_id
                               ORDER BY item.date_due, m.invoice_date, item.row_id) AS until_here,
                           SUM(GREATEST(-item.amount, 0)) OVER (PARTITION BY item.company_id, item.partner_id) AS credit
                      FROM (%(items)s) item
                      JOIN account_move_line l ON l.id = item.row_id
                      JOIN account_move m ON m.id = item.res_id
                      LEFT JOIN (SELECT item_id, SUM(amount) AS amount FROM (%(moved)s) parts GROUP BY item_id) moved
                             ON moved.item_id = item.row_id) i
              LEFT JOIN (SELECT company_id, partner_id, SUM(amount) AS amount
                           FROM (%(others)s) credits GROUP BY company_id, partner_id) others
                     ON others.company_id = i.company_id AND others.partner_id = i.partner_id
             WHERE i.debit > 0 AND i.until_here > i.credit + COALESCE(others.amount, 0)
             GROUP BY i.company_id, i.partner_id
            """,
            items=self._get_items_sql(scope),
            moved=self._get_moved_items_sql(scope),
            others=self._get_other_credits_sql(scope),
        )
