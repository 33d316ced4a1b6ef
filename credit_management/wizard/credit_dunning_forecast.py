"""What a run of a day to come would send, if nothing happened until then; nothing is written, and nobody is told."""

from datetime import timedelta

from odoo import Command, api, fields, models

MOST = 200  # rows: whoever plans looks at the largest
AT_ONCE = 20_000  # open items: to decide about those takes a second; of more one asks when the day is chosen


class CreditDunningForecast(models.TransientModel):
    _name = "credit.dunning.forecast"
    _description = "What Would Go Out"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company._credit_company()
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        "Day", required=True, default=lambda self: self.env.company._credit_company()._credit_today() + timedelta(1),
        help="The day of the run that is looked at: what is open now is taken to be open then.",
    )
    is_large = fields.Boolean(
        "Much to Decide", compute="_compute_is_large", help="There is so much open that it takes seconds."
    )
    is_asked = fields.Boolean("Asked For", help="Technical: somebody waits for the figures.")
    summary = fields.Char(compute="_compute_line_ids", help="How many notices, and over how much.")
    line_ids = fields.One2many("credit.dunning.forecast.line", "forecast_id", "Customers", compute="_compute_line_ids")

    @api.depends("company_id")
    def _compute_is_large(self):
        accounts = self.env["account.account"]._credit_get_accounts().ids
        for forecast in self:
            open_items = [
                ("account_id", "in", accounts), ("parent_state", "=", "posted"), ("amount_residual", "!=", 0),
                ("company_id", "child_of", forecast.company_id.ids),
            ]
            # how many there are, to whoever may open the dialog
            Line = self.env["account.move.line"].sudo()
            forecast.is_large = Line.search_count(open_items, limit=AT_ONCE + 1) > AT_ONCE

    def action_show(self):
        """Show the day; where there is much to decide about, that is done when it is asked for."""
        self.ensure_one()
        self.is_asked = True
        return {
            "type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form",
            "target": "new", "name": self.env._("What Would Go Out"),
        }

    @api.depends("date", "company_id", "is_large", "is_asked")
    @api.depends_context("lang")
    def _compute_line_ids(self):
        waiting = self.filtered(lambda forecast: forecast.is_large and not forecast.is_asked)
        waiting.update({"summary": False, "line_ids": [Command.clear()]})
        for forecast in self - waiting:
            decided = forecast._decide()
            forecast.summary = forecast._get_summary(decided)
            rows = sorted(decided, key=lambda row: (row[1] is not None, -row[0].amount_company))[:MOST]
            forecast.line_ids = [Command.clear(), *(Command.create(forecast._prepare_line(*row)) for row in rows)]

    def _decide(self):
        """Return ``[(outcome, why it is left out or None)]`` of the day, as a run does.

        :raise AccessError: for whoever may not see runs, or not those of the company
        """
        company = self.company_id
        self.env["credit.dunning.run"].check_access("read")
        company.check_access("read")
        day = max(self.date or company._credit_today(), company._credit_today())
        # who is written to does not depend on who asks; the right was checked
        run = self.env["credit.dunning.run"].sudo().new({"company_id": company.id, "date": day})
        return run._decide()

    def _get_summary(self, decided):
        going = [outcome for outcome, omission in decided if omission is None]
        amount = sum(outcome.amount_company for outcome in going) / 10**self.currency_id.decimal_places
        return self.env._(
            "Notices: %(count)s, over %(amount)s. Others with something past due: %(left)s.", count=len(going),
            amount=self.currency_id.format(amount), left=len(decided) - len(going),
        )

    def _prepare_line(self, outcome, omission):
        currency = self.env["res.currency"].browse(outcome.currency_id)
        level = self.env["credit.dunning.level"].browse(outcome.level and outcome.level.level_id)
        Omission = self.env["credit.dunning.omission"].sudo()  # also with a bank line that not everybody sees
        return {
            "partner_id": outcome.partner_id, "currency_id": currency.id, "level_id": level.id,
            "amount": outcome.amount / 10**currency.decimal_places,
            "reason": False if omission is None else Omission.new(omission)._get_text(),
        }


class CreditDunningForecastLine(models.TransientModel):
    _name = "credit.dunning.forecast.line"
    _description = "Customer of a Day to Come"

    forecast_id = fields.Many2one("credit.dunning.forecast", ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary("Past Due", readonly=True, help="What the notice would ask for; else what is past due.")
    level_id = fields.Many2one("credit.dunning.level", "Level", readonly=True)
    reason = fields.Char("Left Out Because", readonly=True, help="Empty: the customer would get a notice.")
