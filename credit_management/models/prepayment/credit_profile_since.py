"""Since when somebody is a customer: a fact that only some deposits look at."""

from odoo import models
from odoo.tools import SQL


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_optional_facts(self, reading, rules):
        """Override to add since when these are customers, when a deposit asks for it."""
        optional = super()._get_optional_facts(reading, rules)
        if "days_customer" in {rule.needs for rule in rules}:
            for profile_id, days in self._read_days_customer(reading.scope.as_of):
                optional[profile_id]["days_customer"] = days
        return optional

    def _read_days_customer(self, as_of):
        """Return ``(profile id, days since the first invoice)`` of those that were ever invoiced."""
        self.env["account.move"].flush_model(["commercial_partner_id", "company_id", "move_type", "state", "invoice_date"])
        return self.env.execute_query(SQL(
            """
            SELECT p.id, %(as_of)s - MIN(m.invoice_date)
              FROM credit_profile p
              JOIN account_move m ON m.commercial_partner_id = p.partner_id
             WHERE p.id IN %(ids)s AND m.move_type = 'out_invoice' AND m.state = 'posted' AND m.invoice_date <= %(as_of)s
               AND %(company)s = p.company_id
             GROUP BY p.id
            """,
            as_of=as_of,
            ids=tuple(self.ids) or (0,),
            company=self.env["res.company"]._credit_company_sql(SQL("m.company_id")),
        ))
