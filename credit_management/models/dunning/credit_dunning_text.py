"""Plans in words: what each level does, and what a plan would do with an invoice that is due today."""

from datetime import timedelta

from odoo import api, fields, models

from ...engine.dunning import BEFORE_DUE, Item, get_next
from ..setup.credit_day import write_day
from .credit_dunning_level import CHANNELS

DAYS_SHOWN = 400  # a plan that takes longer than a year says so in its levels


class CreditDunningLevel(models.Model):
    _inherit = "credit.dunning.level"

    channel_text = fields.Char("Goes Out By", compute="_compute_channel_text")
    timing_text = fields.Char("When", compute="_compute_timing_text")

    @api.depends(*CHANNELS)
    @api.depends_context("lang")
    def _compute_channel_text(self):
        labels = {name: self._fields[name]._description_string(self.env) for name in CHANNELS}
        for level in self:
            level.channel_text = ", ".join(label for name, label in labels.items() if level[name])

    @api.depends("timing", "days")
    @api.depends_context("lang")
    def _compute_timing_text(self):
        labels = dict(self._fields["timing"]._description_selection(self.env))
        for level in self:
            level.timing_text = f"{level.days} {labels.get(level.timing, '')}"


class CreditDunningPlan(models.Model):
    _inherit = "credit.dunning.plan"

    example_text = fields.Text(
        "An Invoice Due Today", compute="_compute_example_text",
        help="On which days the plan would write of an invoice that is due today and is not paid.",
    )
    defect_text = fields.Text("To Be Mended", compute="_compute_defect_text")

    @api.depends("days_quiet", "level_ids.days", "level_ids.timing", "level_ids.days_deadline", "level_ids.sequence",
                 "level_ids.days_repeat", "level_ids.repeat_max", "level_ids.name")
    @api.depends_context("company", "lang")
    def _compute_example_text(self):
        company = self.env.company._credit_company()
        today = company._credit_today()
        for plan in self:
            names = {level.number: level.name or "" for level in plan.level_ids}
            plan.example_text = "\n".join(
                self.env._("%(date)s: %(level)s", date=write_day(self.env, day, today), level=names.get(number, ""))
                for day, number in plan._get_example(company, today)
            )

    def _get_example(self, company, due):
        """Return ``[(day, number of the level)]`` of an item that is never paid, as the engine says."""
        plan, item = self._to_engine(company, due), Item(1, due, 1, 1)
        first = due - timedelta(days=plan.reminder.days if plan.reminder else 0)
        found = []
        for number in range(DAYS_SHOWN):
            day = first + timedelta(days=number)
            level = get_next(plan, item, day).level
            if level:
                found.append((day, level.number))
                item = self._take_step(item, level, day)
        return found

    @api.model
    def _take_step(self, item, level, day):
        deadline = None if level.timing == BEFORE_DUE else day + timedelta(days=level.days_deadline)
        times = item.times + 1 if item.level == level.number else 1
        return item._replace(level=level.number, date_last=day, date_deadline=deadline, times=times)

    @api.depends_context("lang")
    @api.depends("level_ids")
    def _compute_defect_text(self):
        for plan in self:
            plan.defect_text = "\n".join(plan._get_defects()) if plan._origin else False
