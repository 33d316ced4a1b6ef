"""Notices as a run makes them, without the run: what they claim, how they are paid, what they look like."""

from datetime import date, timedelta

from odoo.fields import Command

from ..common import CreditCommon


class NoticeCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(name="Blue Pump Ltd")
        cls.customer.email = "books@bluepump.example"
        cls.plan = cls.env["credit.dunning.plan"].create(
            {"name": "Test plan", "currency_id": cls.company.currency_id.id, "company_id": cls.company.id}
        )
        cls.level = cls.make_level()

    @classmethod
    def make_level(cls, **values):
        template = cls.env.ref("credit_management.mail_template_notice_normal_1")
        return cls.env["credit.dunning.level"].create(
            {"plan_id": cls.plan.id, "name": "Reminder", "mail_template_id": template.id, "is_notice_attached": False,
             "is_invoices_attached": False, **values}
        )

    @classmethod
    def make_rates(cls, *rates):
        commands = [Command.create({"date_from": day, "percent": percent}) for day, percent in rates]
        return cls.env["credit.interest"].create({"name": "Rates", "rate_ids": commands})

    @classmethod
    def set_accounts(cls):
        """Say on which accounts fees and interest are booked."""
        cls.income = cls.company_data["default_account_revenue"]
        cls.company.write({"credit_fee_account_id": cls.income.id, "credit_interest_account_id": cls.income.id})

    def bill_due(self, amount, due, partner=None, **values):
        return self.make_invoice(
            partner or self.customer, amount, invoice_date=due, date=due, invoice_date_due=due, **values
        )

    def pay_on(self, invoice, amount, day):
        return self._register_payment(invoice, payment_date=day, amount=amount)

    def item_of(self, move):
        return move.line_ids.filtered(lambda line: line.account_type == "asset_receivable")

    @classmethod
    def make_notice(cls, moves, day=None, level=None, **values):
        """Prepare a notice that asks for all that is open of documents of one customer."""
        day = date.fromisoformat(day) if day else cls.today
        level = level or cls.level
        items = moves.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        lines = [cls.prepare_line(item, day) for item in items]
        partner = moves.commercial_partner_id
        return cls.env["credit.notice"].sudo().create({
            "partner_id": partner.id, "recipient_id": partner.id, "company_id": cls.company.id,
            "currency_id": moves.currency_id.id, "date": day, "date_deadline": day + timedelta(days=7),
            "user_id": cls.env.user.id, "plan_id": level.plan_id.id, "level_id": level.id, "level": 1,
            "amount_total": sum(line["amount"] for line in lines),
            "line_ids": [Command.create(line) for line in lines], **values,
        })

    @classmethod
    def prepare_line(cls, item, day):
        return {
            "item_id": item.id, "move_id": item.move_id.id, "name": item.move_id.name, "date_due": item.date_maturity,
            "days_late": max((day - item.date_maturity).days, 0), "amount": item.amount_residual_currency,
            "amount_company": item.amount_residual, "is_dunned": item.amount_residual > 0, "level": 1,
        }

    def claim(self, notice, day, **values):
        """Reckon what a notice claims on a day, and claim it; it counts as sent."""
        self.level.write(values)
        notice._make_claims(date.fromisoformat(day))._set_claimed()
        notice._update_state("sending")
        notice._update_state("sent", date_sent=f"{day} 08:00:00")
        return notice.claim_ids
