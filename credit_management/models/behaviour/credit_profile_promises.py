"""What a customer promised to pay, in its credit file."""

from datetime import datetime, time, timedelta

import pytz
from odoo import fields, models

FRIDAY = 4


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    promise_ids = fields.One2many("credit.promise", "profile_id", "Promises to Pay")
    promise_count = fields.Integer("Promises", compute="_compute_promise_count")

    def _compute_promise_count(self):
        counts = dict(
            self.env["credit.promise"]._read_group(
                [("profile_id", "in", self.ids), ("is_withdrawn", "=", False)], ["profile_id"], ["__count"]
            )
        )
        for profile in self:
            profile.promise_count = counts.get(profile._origin, 0)

    def action_note_promise(self):
        """Open a new promise to pay of the customer: what is overdue, for the coming Friday."""
        self.ensure_one()
        invoices = self._get_invoices_to_promise()
        currency = invoices[:1].currency_id or self.currency_id
        same = invoices.filtered(lambda invoice: invoice.currency_id == currency)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Note a Promise"),
            "res_model": "credit.promise",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_profile_id": self.id,
                "default_invoice_ids": [fields.Command.set(same.ids)],
                "default_currency_id": currency.id,
                "default_amount": sum(same.mapped("amount_residual")) or max(self.amount_overdue, 0.0),
                "default_date_promised": self.company_id._credit_get_next_friday(),
            },
        }

    def _get_invoices_to_promise(self):
        """Return the open invoices that are past due, else all open ones; what is disputed is not asked for.

        Whoever may not see invoices notes an amount.
        """
        Move = self.env["account.move"]
        if not Move.has_access("read"):
            return Move
        invoices = Move.search(
            [
                ("commercial_partner_id", "=", self.partner_id.id),
                ("company_id", "child_of", self.company_id.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("amount_residual", ">", 0),
                ("id", "not in", self.dispute_ids.move_id.ids),
            ],
            order="invoice_date_due, id",
        )
        today = self.company_id._credit_today()
        return invoices.filtered(lambda invoice: (invoice.invoice_date_due or today) < today) or invoices

    def action_open_promises(self):
        """Open what the customer promised, kept and broken."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Promises to Pay"),
            "res_model": "credit.promise",
            "views": [(False, "list"), (False, "form")],
            "domain": [("profile_id", "=", self.id)],
            "context": {"default_profile_id": self.id},
        }


class ResCompany(models.Model):
    _inherit = "res.company"

    def _credit_get_next_friday(self):
        """Return the coming Friday, or the last working day before it; the first one after it where there is none."""
        today = self._credit_today()
        left = (FRIDAY - today.weekday()) % 7 or 7
        days = [today + timedelta(days=left - back) for back in range(left)]
        days += [today + timedelta(days=left + ahead) for ahead in range(1, 8)]
        return next(filter(self._credit_is_working_day, days), days[0])

    def _credit_is_working_day(self, day):
        """Tell whether the company works on a day, by its working hours and their public holidays."""
        calendar = self.sudo().resource_calendar_id  # whoever notes a promise need not read the working hours
        if not calendar:
            return day.weekday() <= FRIDAY
        start = pytz.timezone(self.credit_tz or "UTC").localize(datetime.combine(day, time.min))
        return bool(calendar._work_intervals_batch(start, start + timedelta(days=1))[False])


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_note_credit_promise(self):
        """Note a promise to pay; the credit file is opened when there is none yet."""
        self.ensure_one()
        return self.env["credit.profile"]._ensure(self, self.env.company).action_note_promise()
