"""Terms of payment as the check sees them: how long they run, and the discount for paying early."""

from datetime import date, timedelta

from odoo import api, fields, models

from ...engine.facts import Terms

# Each day of a year on which a document may be made: the length of "end of next month" depends on it.
DOCUMENT_DAYS = [date(2028, 1, 1) + timedelta(days=number) for number in range(366)]


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    credit_days_max = fields.Integer(
        "Longest Run (days)",
        compute="_compute_credit_days_max",
        store=True,
        help="Days from the document to the last due date that these terms can produce, on the least favorable day "
        "of the year. Credit policies compare this with the longest terms that are allowed.",
    )

    @api.depends("line_ids.nb_days", "line_ids.delay_type", "line_ids.days_next_month")
    def _compute_credit_days_max(self):
        # only Odoo is asked for due dates: terms that an add-on brings are measured like its own
        for terms in self:
            lasts = [(line._get_due_date(day) - day).days for line in terms.line_ids for day in DOCUMENT_DAYS]
            terms.credit_days_max = max(lasts, default=0)

    def _credit_get_days(self):
        """Return the days until the last installment of the terms is due, at most; 0 without terms."""
        return self.credit_days_max or 0

    def _credit_get_last_due(self, day):
        """Return the last due date of a document of a day; the day itself without terms."""
        return max((line._get_due_date(day) for line in self.line_ids), default=day)

    def _credit_get_cash_discount(self):
        """Return the discount for paying early, in percent; 0.0 without one."""
        return self.discount_percentage if self.early_discount else 0.0


class AccountMove(models.Model):
    _inherit = "account.move"

    def _credit_get_days_terms(self, as_of):
        """Return the days from a day until the invoice is due: by its terms from its date, or as it was typed in."""
        terms, dated = self.invoice_payment_term_id, self.invoice_date or as_of
        if terms and dated <= as_of:
            return terms._credit_get_days()
        last = terms._credit_get_last_due(dated) if terms else self.invoice_date_due or as_of
        return max((last - as_of).days, terms._credit_get_days())


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _add_terms(self, optional):
        """Add the terms agreed with each customer: those of its form; without any it pays at once."""
        for company, profiles in self.grouped("company_id").items():
            customers = profiles.partner_id.with_company(company)
            terms = {customer.id: customer.property_payment_term_id for customer in customers}
            for profile in profiles:
                agreed = terms[profile.partner_id.id]
                optional[profile.id]["terms"] = Terms(agreed._credit_get_days(), agreed._credit_get_cash_discount())
