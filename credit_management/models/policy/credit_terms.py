"""Terms of payment as the check sees them: how long they run, and the discount for paying early."""

from odoo import models

from ...engine.facts import Terms


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    def _credit_get_days(self):
        """Return the days until the last instalment of the terms is due; 0 without terms."""
        return max((line.nb_days for line in self.line_ids), default=0)

    def _credit_get_cash_discount(self):
        """Return the discount for paying early, in percent; 0.0 without one."""
        return self.discount_percentage if self.early_discount else 0.0


class AccountMove(models.Model):
    _inherit = "account.move"

    def _credit_get_days_terms(self, as_of):
        """Return the days until the invoice is due: those of its terms, or of the due date typed in."""
        if self.invoice_payment_term_id or not self.invoice_date_due:
            return self.invoice_payment_term_id._credit_get_days()
        return max((self.invoice_date_due - (self.invoice_date or as_of)).days, 0)


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
