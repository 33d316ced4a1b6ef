"""How the customer pays, as the credit file shows it."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from ..behaviour.credit_profile_trade import DAYS_OF_YEAR
from ..setup.credit_day import write_day

_lt = LazyTranslate(__name__)
# what each figure is called, and how it is explained
FIGURES = {
    "index": (
        _lt("Payment Index"),
        _lt("80: paid on time, 50: a month late, 20: four months late; weighted by amount, over 24 months."),
    ),
    "late": (
        _lt("Usual Lateness"),
        _lt("Days after the due date, weighted by amount, of what was paid in 12 months."),
    ),
    "on_time": (_lt("Paid on Time"), _lt("Share of the amount that was paid in 12 months by its due date.")),
    "last": (_lt("Last Payment"), _lt("The day on which the customer paid last.")),
    "dso": (_lt("DSO"), _lt("Days sales outstanding: open items × days ÷ sales of 12 months, tax on both sides.")),
    "sales": (_lt("Sales, 12 Months"), _lt("Invoices less credit notes of 12 months, tax included.")),
    "highest": (_lt("Highest Exposure"), _lt("The highest exposure of a day in 12 months, today included.")),
}


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    behaviour_figures = fields.Json(
        "Payment Behavior", compute="_compute_behaviour_figures", help="How the customer paid in the last 12 months."
    )
    last_payments = fields.Json(compute="_compute_behaviour_figures", help="The last ten payments.")
    last_payment_text = fields.Char(
        "Last Payment", compute="_compute_behaviour_figures", help="What the customer paid last, and when."
    )

    @api.depends_context("lang")
    def _compute_behaviour_figures(self):
        for profile in self:
            profile.update(profile._prepare_behaviour() if profile._origin.id else dict.fromkeys(
                ("behaviour_figures", "last_payments", "last_payment_text"), False
            ))

    def _prepare_behaviour(self):
        """Return the values of the fields on behavior: totals, for whoever may see the file."""
        today = self.company_id._credit_today()
        profile = self._origin.sudo()  # whoever may read the payments
        payments = profile._read_last_payments(today)
        last = payments[0] if payments else None
        return {
            "behaviour_figures": profile._prepare_behaviour_figures(profile._get_behaviour(today), payments),
            "last_payments": [profile._prepare_payment(payment) for payment in payments],
            "last_payment_text": last and self.env._(
                "%(amount)s on %(day)s", amount=self._format_money(last["amount"]), day=self._write_day(last["date"])
            ),
        }

    def _prepare_behaviour_figures(self, found, payments):
        """Return label, text and explanation of each figure, in their order."""
        dso, on_time = found["dso"], found["share_on_time"]
        texts = {
            "index": str(self.payment_index) if self.has_payment_index else "",
            "late": "" if found["days_late"] is None else self._write_days(found["days_late"]),
            "on_time": "" if on_time is None else f"{on_time} %",
            "last": self._write_day(payments[0]["date"]) if payments else "",
            "dso": "" if dso is None else self.env._("%(days)s days", days=dso),
            "sales": self._format_money(found["sales"]),
            "highest": self._format_money(self._get_highest_balance()),
        }
        return [
            {"name": name, "label": self.env._(label), "text": texts[name] or "–", "help": self.env._(explained)}
            for name, (label, explained) in FIGURES.items()
        ]

    def _get_highest_balance(self):
        """Return the highest exposure of the days that were kept in 12 months, and of now."""
        since = self.company_id._credit_today() - timedelta(days=DAYS_OF_YEAR)
        kept = self.env["credit.snapshot"]._read_group(
            [("profile_id", "=", self.id), ("date", ">", since)], [], ["amount_exposure:max"]
        )
        return max(kept[0][0] or 0.0, self.amount_exposure)

    def _prepare_payment(self, payment):
        days = payment["days"]
        return {
            "date": self._write_day(payment["date"]),
            "amount": self._format_money(payment["amount"]),
            "days": self.env._("not matched") if days is None else self._write_days(days),
            "is_late": bool(days and days > 0),
        }

    def _write_days(self, days):
        """Return in words how late something was paid."""
        if days > 0:
            return self.env._("%(days)s days late", days=days)
        return self.env._("%(days)s days early", days=-days) if days < 0 else self.env._("on time")

    def _write_day(self, day):
        return write_day(self.env, day, self.company_id._credit_today())
