"""What customers hold back of their balances, in an auditor's letters."""

from odoo import models
from odoo.tools import SQL


class CreditConfirmation(models.Model):
    _inherit = "credit.confirmation"

    def _read_retained(self, partners):
        """Override: what is open of retentions whose release is after the day of the run."""
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        items = Exposure._get_open_items_sql(Exposure._make_scope_of_day(self.date, partners.ids))
        # whose balances a run has confirmed was checked when it was drawn
        kept = self.env["account.move.line"].sudo()._search(
            [("credit_is_retention", "=", True), ("date_maturity", ">", self.date)]
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT t.partner_id, SUM(t.amount) FROM (%s) t WHERE t.company_id = %s AND t.kind = 'trade' "
                "AND t.item_id IN %s GROUP BY t.partner_id",
                items, self.company_id.id, kept.subselect(),
            )
        )
        retained, currency = dict(super()._read_retained(partners)), self.company_id.currency_id
        for partner_id, amount in rows:
            retained[partner_id] = currency.round(retained.get(partner_id, 0.0) + float(amount))
        return retained
