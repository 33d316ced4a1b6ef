"""What becomes of the exposure of today: what will be paid, and which orders come inside the horizon."""

from datetime import timedelta

from odoo import models
from odoo.tools import SQL


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_forecast(self, as_of, days, days_late):
        """Return what is foreseen for some days.

        Hook: later rooms add what they know of a day.

        :param as_of: today
        :param days: list of dates
        :param int days_late: days after its due date at which an open item is expected to be paid
        :return: ``{day: {"invoiced", "paid", "exposure"}}`` in company currency
        """
        self.ensure_one()
        exposure = self.amount_exposure
        scope = self.env["credit.exposure"]._make_scope(as_of, self.partner_id.ids)
        self.env.flush_all()
        invoices = self._read_expected_invoices(scope)
        dues = [*self._read_due(scope), *((due, amount) for _day, due, amount in invoices)]
        payments = [(self._get_expected_day(due, days_late, as_of), amount) for due, amount in dues]
        payments += [(self._get_expected_day(day, 0, as_of), amount) for day, amount in self._read_money_coming(scope)]
        entering = self._read_orders_entering(scope)
        forecast = {}
        for day in set(days):
            later = _sum_until(day, entering)
            # credits beyond the open items are taken off what is invoiced next: nothing is paid for what they cover
            paid = min(_sum_until(day, payments), max(exposure + later, 0.0))
            invoiced = _sum_until(day, [(invoice_day, amount) for invoice_day, _due, amount in invoices])
            forecast[day] = {"invoiced": invoiced, "paid": paid, "exposure": exposure - paid + later}
        return forecast

    def _read_expected_invoices(self, _scope):
        """Return ``[(day, due date, amount)]`` of what counts already and is to be invoiced.

        Hook: the rooms that know of orders and drafts bring them.
        """
        return []

    def _read_money_coming(self, scope):
        """Return ``[(day, amount)]`` of what was paid and counts on until the bank has it."""
        rows = self._read_counted_rows(scope, lambda component: component.listed == "ledger" and not component.is_item)
        return [(day, amount) for _component, _model, _id, day, amount in rows]

    def _read_counted_rows(self, scope, is_wanted):
        """Return component, document, date and amount of what adds to the exposure, of the components that are wanted.

        :param is_wanted: tells of a `Component` whether it is
        """
        components = [
            component.name for component in self.env["credit.exposure"]._get_components()
            if is_wanted(component) and self._is_foreseen(component)
        ]
        return self.env.execute_query(
            SQL(
                """
                SELECT component, res_model, res_id, date_due, SUM(amount)::float FROM (%s) r
                 WHERE company_id = %s AND component = ANY(%s) AND amount > 0
                 GROUP BY component, res_model, res_id, date_due
                """,
                self.env["credit.exposure"]._get_component_rows_sql(scope),
                self.company_id.id,
                components,
            )
        )

    def _is_foreseen(self, component):
        """Tell whether a component counts today, or on a day to come."""
        is_later = component.name == "orders_later" and self.company_id.credit_count_orders
        return is_later or component.is_counted(self.company_id)

    def _get_expected_day(self, date_due, days_late, as_of):
        """Return when an open item is expected to be paid: at its usual lateness; what is later than
        that already, not before a week from today."""
        usual = date_due + timedelta(days=days_late)
        return usual if usual > as_of else as_of + timedelta(weeks=1)

    def _read_due(self, scope):
        """Return ``[(due date, amount)]`` of what the customer will have to pay, disputed parts left out.

        Credits that lower the exposure already are not paid once more. Where the company does not count
        them it counts the gross items: these are settled as a whole.
        """
        amount = SQL("net" if self.company_id.credit_count_unallocated else "debit")
        return self.env.execute_query(
            SQL(
                """
                SELECT date_due, SUM(%(amount)s)::float FROM (%(netted)s) due
                 WHERE company_id = %(company)s AND date_due < 'infinity' GROUP BY date_due
                """,
                amount=amount,
                netted=self.env["credit.exposure"]._get_netted_sql(scope),
                company=self.company_id.id,
            )
        )

    def _read_orders_entering(self, scope):
        """Return ``[(day, amount)]``: when what is beyond the horizon today comes inside it."""
        if not self.company_id.credit_count_orders:
            return []
        days = self.company_id.credit_days_horizon
        rows = self.env.execute_query(
            SQL(
                """
                SELECT date_due, SUM(amount)::float FROM (%s) orders
                 WHERE company_id = %s AND component = 'orders_later' GROUP BY date_due
                """,
                self.env["credit.exposure"]._get_orders_sql(scope),
                self.company_id.id,
            )
        )
        return [(date_due - timedelta(days=days), amount) for date_due, amount in rows]


def _sum_until(day, amounts):
    """Return the sum of what ``(day, amount)`` says for days up to a day."""
    return sum(amount for when, amount in amounts if when <= day)
