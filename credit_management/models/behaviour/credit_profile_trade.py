"""What a customer buys and when it last paid: figures that people read before they decide."""

from datetime import timedelta

from odoo import models
from odoo.tools import SQL

DAYS_OF_YEAR = 365
INVOICES = ("out_invoice", "out_refund", "out_receipt")


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_last_payments(self):
        """Return ``{id: day}`` of the last payment of each profile, None where there was none, in one statement."""
        return self._read_per_day(self.env["credit.exposure"]._get_last_payment_sql)

    def _get_sales(self):
        """Return ``{id: amount}`` that each profile was invoiced in the last 12 months, tax included, less credit
        notes, in company currency."""
        found = self._read_per_day(self._get_sales_sql)
        return {profile_id: float(amount or 0.0) for profile_id, amount in found.items()}

    def _read_per_day(self, build):
        """Return ``{id: value}`` of an expression on profile ``p``, built for a scope; each company on its day."""
        self.env.flush_all()
        values = {}
        # figures of the profile, whoever may see the documents
        for day, profiles in self._origin.sudo().grouped(lambda profile: profile.company_id._credit_today()).items():
            scope = self.env["credit.exposure"]._make_scope(day, profiles.partner_id.ids)
            ids = tuple(profiles.ids)
            statement = SQL("SELECT p.id, (%s) FROM credit_profile p WHERE p.id IN %s", build(scope), ids)
            values |= dict(self.env.execute_query(statement))
        return values

    def _get_sales_sql(self, scope):
        """Return SQL for what profile ``p`` was invoiced in the year before a day."""
        return SQL(
            """
            SELECT SUM(m.amount_total_signed) FROM (%(invoices)s) m WHERE m.invoice_date > %(since)s
            """,
            invoices=self._get_invoices_sql(scope),
            since=scope.as_of - timedelta(days=DAYS_OF_YEAR),
        )

    def _get_invoices_sql(self, scope):
        """Return SQL for the posted invoices of profile ``p`` up to a day, found by the index of their partners."""
        return SQL(
            """
            SELECT m.amount_total_signed, m.invoice_date
              FROM res_partner contact JOIN account_move m ON m.partner_id = contact.id
             WHERE contact.commercial_partner_id = p.partner_id AND %(company)s = p.company_id AND m.state = 'posted'
               AND m.move_type IN %(types)s AND m.invoice_date <= %(today)s
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("m.company_id")),
            types=INVOICES,
            today=scope.as_of,
        )
