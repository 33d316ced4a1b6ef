"""What is done on one day of each month, once per period, also when the job runs twice."""

import calendar
from datetime import timedelta

from odoo import api, fields, models

from ...engine.aging import add_months

LAST_DAY = 31  # of the month; a shorter month's last day


class CreditScheduleMixin(models.AbstractModel):
    """Who inherits does the work of a period in `_make_batch`."""

    _name = "credit.schedule.mixin"
    _description = "What is done on a day of each month"
    _inherit = ["mail.thread"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company._credit_company(),
        help="Whose day and currency count.",
    )
    day_of_month = fields.Integer(
        required=True, default=1, aggregator=None,
        help="1 to 31; in shorter months their last day stands for the days they do not have.",
    )
    is_as_of_month_end = fields.Boolean(
        "As of the End of the Month Before", default=True, help="Else as of the day before it is made."
    )
    date_next = fields.Date(
        "Next On", compute="_compute_date_next", store=True, readonly=False, tracking=True,
        help="The next day on which it is made. What was missed is made up for on one day.",
    )

    _day_of_month_exists = models.Constraint(
        "CHECK (day_of_month BETWEEN 1 AND 31)", "The day of the month is a number from 1 to 31."
    )

    @api.constrains("company_id")
    def _check_company_is_whole(self):
        self.company_id._credit_check_is_whole()

    @api.depends("day_of_month", "company_id")
    def _compute_date_next(self):
        for schedule in self:
            schedule.date_next = schedule._find_next(schedule.company_id._credit_today())

    def _find_next(self, after):
        """Return the first day of the schedule after a day."""
        day = min(max(self.day_of_month, 1), LAST_DAY)
        for month in (after.replace(day=1), add_months(after.replace(day=1), 1)):
            found = month.replace(day=min(day, calendar.monthrange(month.year, month.month)[1]))
            if found > after:
                return found
        raise AssertionError("a day of the next month is always later")

    def _get_as_of(self, day):
        """Return as of which day that is, what is made on a day of the schedule."""
        return (day.replace(day=1) if self.is_as_of_month_end else day) - timedelta(days=1)

    # -- the job -----------------------------------------------------------------------------------

    @api.model
    def _run_due(self):
        """Make what is due, in batches, each in a transaction of its own."""
        due = self.sudo().search([("date_next", "!=", False)]).filtered(  # of all companies
            lambda schedule: schedule.date_next <= schedule.company_id._credit_today()
        )
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for schedule in due:
            if not schedule.try_lock_for_update():
                continue  # another run is at it
            while schedule._make_batch():
                if not self.env["ir.cron"]._commit_progress(0):
                    return
            schedule._plan_next()
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _make_batch(self):
        """Make some of the period that is due, and tell whether there was anything; overridden."""
        raise NotImplementedError

    def _plan_next(self):
        """Note the next day of the schedule."""
        self.date_next = self._find_next(self.company_id._credit_today())
