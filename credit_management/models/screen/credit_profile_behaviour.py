"""How the customer pays, as the credit file shows it."""

from datetime import timedelta

from odoo import api, fields, models

from ..behaviour.credit_behaviour_figures import DAYS_BEHAVIOUR
from ..setup.credit_day import write_day


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
        """Return label, text and explanation of each figure."""
        _ = self.env._
        highest = self._get_highest_balance()
        figures = [
            ("index", _("Payment Index"), self.payment_index if self.has_payment_index else None,
             _("80: paid on time, 50: a month late, 20: four months late; weighted by amount, over 24 months.")),
            ("late", _("Usual Lateness"), found["days_late"] is not None and self._write_days(found["days_late"]),
             _("Days after the due date, weighted by amount, of what was paid in 12 months.")),
            ("on_time", _("Paid on Time"), found["share_on_time"] is not None and f"{found['share_on_time']} %",
             _("Share of the amount that was paid in 12 months by its due date.")),
            ("last", _("Last Payment"), payments and self._write_day(payments[0]["date"]),
             payments and self._format_money(payments[0]["amount"])),
            ("dso", _("DSO"), found["dso"] is not None and _("%(days)s days", days=found["dso"]),
             _("Days sales outstanding: open items × days ÷ sales of 12 months, tax on both sides.")),
            ("sales", _("Sales, 12 Months"), self._format_money(found["sales"]),
             _("Invoices less credit notes of 12 months, tax included.")),
            ("highest", _("Highest Exposure"), self._format_money(highest),
             _("The highest exposure of a day in 12 months, today included.")),
        ]
        return [
            {"name": name, "label": label, "text": "–" if text is None or text is False or text == [] else str(text),
             "help": explained or ""}
            for name, label, text, explained in figures
        ]

    def _get_highest_balance(self):
        """Return the highest exposure of the days that were kept in 12 months, and of now."""
        since = self.company_id._credit_today() - timedelta(days=DAYS_BEHAVIOUR)
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
