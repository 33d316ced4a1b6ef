"""When terms begin, and what becomes of days that are no business days: one due date for everybody who reads it.

Odoo's `_compute_terms` is the one place that makes due dates of a document; it knows the company. What it does not know
(when the goods were delivered, when the invoice was received) the invoice says while its terms are computed. It says it
on the cursor and not in the context, which a client could send.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from pytz import utc

from ...engine import terms as engine

STEPS = {"following": 1, "preceding": -1}
AROUND = timedelta(days=engine.DAYS_MOVED + 1)
OF_INVOICE = ("delivery", "received")  # beginnings that the invoice knows
KNOWN = "credit_terms_known"


@dataclass(frozen=True)
class Known:
    """What an invoice knows of its terms."""

    start: date | None = None  # when they begin; None for the date of the invoice
    before: float = 0.0  # invoiced as down payment before, in the currency of the company
    before_currency: float = 0.0  # the same in that of the document
    is_down_payment: bool = False


@contextmanager
def telling(cr, known):
    """Let terms be computed for an invoice that knows something of them."""
    earlier = cr.cache.get(KNOWN)
    cr.cache[KNOWN] = known
    try:
        yield
    finally:
        cr.cache[KNOWN] = earlier


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    credit_start = fields.Selection(
        [("invoice", "Invoice date"), ("delivery", "Delivery"), ("received", "Invoice received"),
         ("statement", "Statement day")],
        "Days Begin With", required=True, default="invoice",
        help="From which day the due dates are counted. Delivery and receipt are noted on the invoice; until they are, "
        "its date counts. Statement day: the next one on or after the invoice date.",
    )
    credit_statement_day = fields.Integer(
        "Statement Day", default=25, help="The day of the month on which statements are made; 31 is the last one."
    )
    credit_business_days = fields.Selection(
        [("as_is", "Stay as they are"), ("following", "Move to the next business day"),
         ("preceding", "Move to the business day before")],
        "Due Dates on Other Days", required=True, default="as_is",
        help="What becomes of a due date that is no working day, by the working hours and public holidays of the "
        "company; for a branch, of its root company.",
    )

    @api.constrains("credit_statement_day", "credit_start")
    def _check_credit_statement_day(self):
        for terms in self:
            if terms.credit_start == "statement" and not 1 <= terms.credit_statement_day <= 31:
                raise ValidationError(self.env._("The statement day is a day of the month, from 1 to 31."))

    def _compute_terms(  # noqa: PLR0913, PLR0917 (it is Odoo's)
        self, date_ref, currency, company, tax_amount, tax_amount_currency, sign, untaxed_amount,
        untaxed_amount_currency, cash_rounding=None,
    ):
        """Override of `account`: from the day on which the terms begin, to a business day."""
        known = self.env.cr.cache.get(KNOWN) or Known()
        terms = super()._compute_terms(
            (known.start if self.credit_start in OF_INVOICE else None) or date_ref, currency, company, tax_amount,
            tax_amount_currency, sign, untaxed_amount + sign * known.before,
            untaxed_amount_currency + sign * known.before_currency, cash_rounding,
        )
        if known.before or known.is_down_payment:
            self._credit_take_off(terms, known, (company.currency_id, currency), sign)
        step = STEPS.get(self.credit_business_days)
        for line in terms["line_ids"] if step else ():
            line["date"] = engine.move_to_working(line["date"], company._credit_make_working(line["date"]), step)
        return terms

    def _credit_take_off(self, terms, known, currencies, sign):
        """Take off what was invoiced as down payment before, from the installments in advance first; a down payment is
        all in advance.
        """
        in_advance = [line.credit_is_in_advance for line in self.line_ids]
        names = ("company_amount", "foreign_amount")
        for name, currency, before in zip(names, currencies, (known.before, known.before_currency), strict=True):
            amounts = [sign * line[name] for line in terms["line_ids"]]
            left = engine.take_off(amounts, in_advance, before)
            if known.is_down_payment:
                left = [sum(amounts) * (number == in_advance.index(True)) for number in range(len(amounts))]
            for line, amount in zip(terms["line_ids"], left, strict=True):
                line[name] = sign * currency.round(amount)
        terms["total_amount"] -= sign * known.before
        terms["line_ids"] = [line for line in terms["line_ids"] if line["foreign_amount"]] or terms["line_ids"][-1:]


class AccountPaymentTermLine(models.Model):
    _inherit = "account.payment.term.line"

    credit_is_in_advance = fields.Boolean(
        "Paid in Advance",
        help="What was invoiced as down payment before fills it: a down payment of 70 % leaves the rest for the other "
        "lines, and is not asked for again.",
    )

    def _get_due_date(self, date_ref):
        """Override of `account`: from the statement day on, where the terms begin with it."""
        terms, day = self.payment_id, fields.Date.to_date(date_ref)
        if day and terms.credit_start == "statement":
            return super()._get_due_date(engine.next_statement_day(day, terms.credit_statement_day))
        return super()._get_due_date(date_ref)


class ResCompany(models.Model):
    _inherit = "res.company"

    def _credit_make_working(self, day):
        """Return a function that tells whether a day around this one is a working day of the root company."""
        calendar = self.sudo().root_id.resource_calendar_id  # whoever writes the invoice
        if not calendar:
            return lambda _day: True
        first, last = (datetime.combine(day + sign * AROUND, time.min, utc) for sign in (-1, 1))
        intervals = calendar._work_intervals_batch(first, last)[False]
        working = {start.date() for start, _end, _meta in intervals}
        return working.__contains__
