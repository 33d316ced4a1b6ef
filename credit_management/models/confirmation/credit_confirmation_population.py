"""Whom a run can ask: the customers with their balances on its day; and whom it asks."""

from odoo import fields, models
from odoo.tools import SQL

from ...engine import sampling
from ..statement.credit_statement_content import KINDS

SALES = ("out_invoice", "out_refund", "out_receipt")


class CreditConfirmation(models.Model):
    _inherit = "credit.confirmation"

    population = fields.Json(readonly=True, copy=False, help="The balances from which the sample was drawn.")
    amount_population = fields.Monetary(
        "All Balances", currency_field="company_currency_id", readonly=True, copy=False,
        help="What all customers owed on the day, less credits and advances.",
    )

    def _read_population(self):
        """Return ``{customer id: balance}`` as of the day, in company currency; of who bought something in the year,
        also 0."""
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        items = Exposure._get_open_items_sql(Exposure._make_scope_of_day(self.date))
        rows = self.env.execute_query(
            SQL(
                "SELECT t.partner_id, SUM(t.amount) FROM (%s) t WHERE t.company_id = %s AND t.kind IN %s "
                "AND t.partner_id IS NOT NULL GROUP BY t.partner_id",
                items, self.company_id.id, KINDS,
            )
        )
        balances = dict.fromkeys(self._read_sales(), 0.0)
        currency = self.company_id.currency_id
        return balances | {partner_id: currency.round(float(amount)) for partner_id, amount in rows}

    def _read_sales(self, partners=None):
        """Return ``{customer id: what was invoiced in the year up to the day}``, tax included."""
        first = self.company_id.compute_fiscalyear_dates(self.date)["date_from"]
        domain = [
            ("company_id", "child_of", self.company_id.id), ("state", "=", "posted"), ("move_type", "in", SALES),
            ("date", ">=", first), ("date", "<=", self.date), ("commercial_partner_id", "!=", False),
        ]
        if partners is not None:
            domain.append(("commercial_partner_id", "in", partners.ids))
        # all of the company's: whoever draws a sample sees all customers of it
        found = self.env["account.move"].sudo()._read_group(
            domain, ["commercial_partner_id"], ["amount_total_signed:sum"]
        )
        return {partner.id: amount for partner, amount in found}

    def _choose(self, balances):
        """Return the ids of the customers that are asked, in their order."""
        by_value = {
            "largest": lambda: sampling.largest(balances, self.sample_count),
            "amount": lambda: sampling.from_amount(balances, self.sample_amount),
            "coverage": lambda: sampling.covering(balances, self.sample_percent),
            "random": lambda: sampling.at_random(sampling.by_size(balances), self.sample_count, self.seed),
        }[self.sample]()
        zero = [key for key, balance in balances.items() if not balance]
        credit = [key for key, balance in balances.items() if balance < 0]
        return [
            *by_value,
            *sampling.at_random(zero, self.zero_count, self.seed),
            *sampling.at_random(credit, self.credit_count, self.seed),
        ]
