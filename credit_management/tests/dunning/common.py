"""A company that duns by one plan, and days that are played one by one."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.sql_db import BaseCursor
from odoo.tests.test_cursor import TestCursor

from ..common import CreditCommon


class DunningCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Run = cls.env["credit.dunning.run"].sudo()
        cls.customer = cls.make_customer(name="Blue Pump Ltd")
        cls.company.email = "house@house.example"
        # nobody's company works at night, and these tests do
        runs = cls.registry["credit.dunning.run"]
        cls.originals = {"_is_working_time": runs._is_working_time}
        cls.classPatch(runs, "_is_working_time", lambda _run: True)

    # -- what there is -----------------------------------------------------------------------------

    @classmethod
    def make_plan(cls, *levels, is_used=True, **values):
        """Create a plan without quiet days; a level is its days, or a dict of values. The company uses it."""
        plan = cls.env["credit.dunning.plan"].create(
            {
                "name": "Plan", "days_quiet": 0,
                "level_ids": [Command.create(cls._prepare_level(number, level)) for number, level in enumerate(levels)],
                **values,
            }
        )
        if is_used:
            cls.company.credit_dunning_plan_id = plan
        return plan

    @classmethod
    def _prepare_level(cls, number, level):
        values = {"days": level} if isinstance(level, int) else level
        return {"name": f"Level {number + 1}", "sequence": number, "days_deadline": 0, **values}

    def invoice(self, amount, due, partner=None, **values):
        """Return an invoice of 30 days before its due date."""
        due = date.fromisoformat(due)
        made = due - timedelta(days=30)
        return self.make_invoice(
            partner or self.customer, amount, invoice_date=made, date=made, invoice_date_due=due, **values
        )

    def paid(self, invoice, amount=None, day=None):
        values = {} if amount is None else {"amount": amount}
        return self._register_payment(invoice, payment_date=day or self.today, **values)

    def credit(self, amount, day, partner=None):
        """Return a credit note that is matched with nothing."""
        day = date.fromisoformat(day)
        return self.make_refund(partner or self.customer, amount, invoice_date=day, date=day, invoice_date_due=day)

    @classmethod
    def use_currency(cls, name, rate):
        """Let one unit of the company's currency be so much of another one, on every day."""
        currency = cls.env.ref(f"base.{name}")
        currency.active = True
        currency.rate_ids.unlink()
        cls.env["res.currency.rate"].create(
            {"currency_id": currency.id, "company_id": cls.company.id, "name": "2020-01-01", "rate": rate}
        )
        return currency

    @staticmethod
    def day(text):
        return date.fromisoformat(text)

    # -- days --------------------------------------------------------------------------------------

    def prepared(self, day, company=None, **values):
        """Return the run of a day as it waits for somebody who looks at it."""
        self.on(day)
        run = self.Run._start((company or self.company).sudo(), **values)
        self.run_cron("cron_dunning")
        return run

    def ran(self, day, company=None, **values):
        """Return the run of a day, prepared and sent."""
        return self.prepared(day, company, is_sent_by_itself=True, **values)

    def send(self, run):
        run.action_send()
        self.run_cron("cron_dunning")
        return run

    def play(self, first, last, but=()):
        """Let the daily run do its work from day to day, and return what was sent.

        :param but: days on which the job did not run
        :rtype: list of "day: amount, level"
        """
        day, told = date.fromisoformat(first), []
        while day <= date.fromisoformat(last):
            if str(day) not in but:
                told += self.told(self.ran(str(day)))
            day += timedelta(days=1)
        return told

    def told(self, run, state="sent"):
        """Return the notices of a run, in words."""
        return [
            f"{run.date}: {notice.currency_id.format(notice.amount_total)}, level {notice.level}".replace("\xa0", " ")
            for notice in run.notice_ids.filtered(lambda notice: notice.state == state).sorted("id")
        ]

    def why(self, run):
        """Return ``{customer: reason}`` of who was left out."""
        return {row.partner_id.name: row.reason for row in run.omission_ids}

    def level_of(self, partner=None):
        self.env.invalidate_all()
        return self.profile_of(partner or self.customer).dunning_level

    def at(self, moment):
        """Let it be a moment, in UTC."""
        for cursor in (type(self.env.cr), BaseCursor, TestCursor):  # that of the job is another one
            patched = patch.object(cursor, "now", lambda _cursor: moment)
            self.addCleanup(patched.stop)
            patched.start()


class LevelOneCommon(DunningCommon):
    """A plan comes to level 1 after ten days, from which orders are held."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_plan(1, 10)
        cls.make_policy({"criterion": "dunning_level", "level": 1})
        cls.biller = cls.make_user("biller")

    def setUp(self):
        super().setUp()
        self.on("2026-03-02")
