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
        :return: ``{day: {"paid", "exposure"}}`` in company currency
        """
        self.ensure_one()
        exposure = self.amount_exposure
        scope = self.env["credit.exposure"]._make_scope(as_of, self.partner_id.ids)
        self.env.flush_all()
        payments = [(self._get_expected_day(due, days_late, as_of), amount) for due, amount in self._read_due(scope)]
        entering = self._read_orders_entering(scope)
        forecast = {}
        for day in set(days):
            paid = sum(amount for expected, amount in payments if expected <= day)
            later = sum(amount for enters, amount in entering if enters <= day)
            forecast[day] = {"paid": paid, "exposure": exposure - paid + later}
        return forecast

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
