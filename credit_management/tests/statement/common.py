"""Statements of a customer with two invoices, a payment, and a credit."""

from datetime import date

from odoo.fields import Command

from ..common import CreditCommon


class StatementCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(name="Blue Pump Ltd")
        cls.customer.email = "books@bluepump.example"
        cls.Statement = cls.env["credit.statement"]

    def invoice(self, amount, day, due=None, partner=None, **values):
        return self.make_invoice(
            partner or self.customer, amount, invoice_date=day, date=day, invoice_date_due=due or day, **values
        )

    def pay_on(self, invoice, amount, day):
        return self._register_payment(invoice, payment_date=day, amount=amount)

    def state(self, day, partner=None, kind="open", date_from=None, **values):
        """Make the statement of a customer as of a day such as "2026-06-30"."""
        return self.Statement._make_or_explain(
            partner or self.customer, self.company, kind, date.fromisoformat(day),
            date_from and date.fromisoformat(date_from), **values,
        )

    def sent(self, day="2026-06-30"):
        statement = self.state(day)
        statement.action_send()
        return statement

    def lines(self, statement, section="open"):
        return [
            (line.name, line.amount) for line in statement.line_ids.sorted("sequence") if line.section == section
        ]

    @classmethod
    def seller(cls, login, *roles):
        user = cls.make_user(*roles, login=login)
        user.group_ids = [Command.link(cls.env.ref("sales_team.group_sale_salesman").id)]
        return user
