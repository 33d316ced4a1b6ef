"""Levels of a plan: when each is reached, what it grants, how it goes out."""

from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.dunning import AFTER_DUE, AFTER_MONTH_END, AFTER_NOTICE, BEFORE_DUE, Level

TIMINGS = [
    (BEFORE_DUE, "days before the due date"),
    (AFTER_DUE, "days after the due date"),
    (AFTER_MONTH_END, "days after the end of the month in which it was due"),
    (AFTER_NOTICE, "days after the notice before"),
]
CHANNELS = ("is_email", "is_letter", "is_sms", "is_registered", "is_call", "is_visit", "is_handover")


class CreditDunningLevel(models.Model):
    _name = "credit.dunning.level"
    _description = "Dunning Level"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one("credit.dunning.plan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    sequence = fields.Integer(default=10)
    number = fields.Integer(
        "Level", compute="_compute_number", store=True, aggregator=None,
        help="Its place in the plan. 0: a reminder before the due date, which is no level of dunning.",
    )
    name = fields.Char(
        required=True, translate=True, help="What people call it: reminder, second reminder, last notice."
    )
    timing = fields.Selection(TIMINGS, "Counted As", required=True, default=AFTER_DUE,
                              help="From which day its days are counted. It comes when at least so many have passed.")
    days = fields.Integer(required=True, default=7, aggregator=None, help="It comes on the first run at or after it.")
    days_deadline = fields.Integer(
        "Days to Pay", default=7, aggregator=None,
        help="The notice asks to pay within so many days; nothing further is sent of its items before they are over. "
        "0: at once.",
    )
    amount_min = fields.Monetary(
        "Minimum", help="Less than this is not asked for, all items of a notice together. Exactly this is."
    )
    amount_fee = fields.Monetary("Fee", help="What the notice claims for itself, once per notice of this level.")
    days_repeat = fields.Integer(
        "Repeat Every (days)", aggregator=None, help="For the last level: it comes again. 0: it comes once."
    )
    repeat_max = fields.Integer(
        "Times", default=3, aggregator=None, help="So many times at most; then it is a task of the credit controller."
    )
    is_email = fields.Boolean("E-mail", default=True, help="With the notice and the invoices attached.")
    is_letter = fields.Boolean("Letter", help="A PDF to be printed, all letters of a run in one file.")
    is_sms = fields.Boolean("SMS", help="A short text by Odoo's gateway, by the day and time of the recipient.")
    is_registered = fields.Boolean("Registered Letter", help="With its tracking number and the proof of delivery.")
    is_call = fields.Boolean("Call", help="A task of the credit controller, with what to say.")
    is_visit = fields.Boolean("Visit", help="A task of the salesperson, with what to say.")
    is_handover = fields.Boolean("Hand-over", help="A task: the customer is handed over to an agency or a lawyer.")

    _days_not_negative = models.Constraint(
        "CHECK (days >= 0 AND days_deadline >= 0 AND days_repeat >= 0 AND repeat_max >= 0)",
        "Days and times of a level cannot be negative.",
    )
    # a day beyond the calendar's end would stop the run of everybody
    _days_not_endless = models.Constraint(
        "CHECK (days <= 3650 AND days_deadline <= 3650 AND days_repeat <= 3650 AND repeat_max <= 3650)",
        "Days and times of a level are 3,650 at most.",
    )
    _amounts_not_negative = models.Constraint(
        "CHECK (amount_min >= 0 AND amount_fee >= 0)", "The minimum and the fee of a level cannot be negative."
    )

    @api.depends("plan_id.currency_id", "company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for level in self:
            level.currency_id = level._get_currency(level.company_id or self.env.company)

    def _get_currency(self, company):
        """Return the currency of the amounts of a level, for customers of a company."""
        return self.plan_id.currency_id or company.sudo().currency_id  # of a branch's company, maybe not the user's

    @api.depends("sequence", "timing", "plan_id.level_ids.sequence", "plan_id.level_ids.timing")
    def _compute_number(self):
        for plan in self.plan_id:
            number = 0
            for level in plan.level_ids.sorted(lambda level: (level.sequence, level._origin.id)):
                number += level.timing != BEFORE_DUE
                level.number = number if level.timing != BEFORE_DUE else 0

    @api.depends("number", "name")
    def _compute_display_name(self):
        for level in self:
            level.display_name = f"{level.number} {level.name}" if level.number else level.name

    def _to_engine(self, company, day):
        """Return the level as a plain value: see the plan's."""
        currency = company.currency_id
        amount = self._get_currency(company)._convert(self.amount_min, currency, company, day)
        return Level(
            self.number, self.timing, self.days, self.days_deadline, round(amount * 10**currency.decimal_places),
            self.days_repeat, self.repeat_max, self.id, self._get_minimums(),
        )

    def _get_defects(self):
        """Return why nothing can be sent by the level: see the plan's."""
        self.ensure_one()
        if any(self[name] for name in CHANNELS):
            return []
        return [
            self.env._(
                "“%(level)s” of plan “%(plan)s” goes out in no way: choose e-mail, a letter, or another one.",
                level=self.name, plan=self.plan_id.name,
            )
        ]

    @api.constrains("timing", "days", "sequence", "days_repeat")
    def _check_order(self):
        for plan in self.plan_id:
            plan._check_levels()


class CreditDunningPlan(models.Model):
    _inherit = "credit.dunning.plan"

    def _check_levels(self):
        """Refuse levels that would never come in their order.

        :raise ValidationError: naming the two levels and their days
        """
        reminders = self.level_ids.filtered(lambda level: level.timing == BEFORE_DUE)
        if len(reminders) > 1:
            raise ValidationError(
                self.env._("Plan “%(plan)s” has two reminders before the due date: keep one.", plan=self.name)
            )
        levels = (self.level_ids - reminders).sorted("number")
        if levels and levels[0].timing == AFTER_NOTICE:
            raise ValidationError(
                self.env._(
                    "“%(level)s” of plan “%(plan)s” comes some days after the notice before, and there is none: count "
                    "the first level from the due date.", level=levels[0].name, plan=self.name,
                )
            )
        for timing in (AFTER_DUE, AFTER_MONTH_END):
            alike = levels.filtered(lambda level, timing=timing: level.timing == timing)
            for before, after in pairwise(alike):
                self._check_falls(before, after)
        for level in levels[:-1].filtered("days_repeat"):
            raise ValidationError(
                self.env._(
                    "“%(level)s” of plan “%(plan)s” is repeated and is not the last level: what comes after it would "
                    "never come. Repeat the last level only.", level=level.name, plan=self.name,
                )
            )

    def _check_falls(self, before, after):
        if after.days <= before.days:
            raise ValidationError(
                self.env._(
                    "The levels of plan “%(plan)s” fall: “%(after)s” comes after %(days_after)s days, and “%(before)s” "
                    "before it after %(days_before)s. Give the later level more days, or change their order.",
                    plan=self.name, before=before.name, after=after.name, days_before=before.days,
                    days_after=after.days,
                )
            )
