"""Terms of payment as the check sees them: how long they really run, and the discount for paying early."""

from datetime import date, timedelta

from odoo import api, fields, models, tools

from ...engine import terms as engine
from ...engine.facts import Terms

# Each day of a leap year on which a document may be made: the length of "end of next month" depends on it. The months
# from January to March show nearly all of it; July, with two long months ahead, one day more.
DOCUMENT_DAYS = [date(2028, 1, 1) + timedelta(days=number) for number in range(366)]


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    credit_days_max = fields.Integer(
        "Longest Run (days)",
        compute="_compute_credit_run",
        store=True,
        help="Days from the document to the last due date that these terms can produce, on the least favorable day "
        "of the year. Credit policies compare this with the longest terms that are allowed.",
    )
    credit_days_weighted = fields.Float(
        "Weighted Run (days)",
        compute="_compute_credit_run",
        store=True,
        digits=(16, 1),
        help="Days from the document to the due dates, weighted by the share that is due on each, on the least "
        "favorable day of the year. A fixed amount counts as no share.",
    )

    @api.depends("line_ids", "line_ids.value", "line_ids.value_amount", "line_ids.nb_days", "line_ids.delay_type",
                 "line_ids.days_next_month", "line_ids.credit_is_retention",
                 "credit_start", "credit_statement_day")
    def _compute_credit_run(self):
        for terms in self:
            run = terms._credit_measure()
            terms.credit_days_max, terms.credit_days_weighted = run.last, run.weighted

    def _credit_measure(self):
        """Return how long the terms run, see `engine.Run`."""
        # only Odoo is asked for due dates: terms that an add-on brings are measured like its own
        percents = [line.value_amount if line.value == "percent" else None for line in self.line_ids]
        shares = dict(zip(self.line_ids, engine.share_out(percents), strict=True))
        return engine.measure(
            (shares[line], [(line._get_due_date(day) - day).days for day in DOCUMENT_DAYS])
            for line in self._credit_get_paid_lines()
        )

    def _credit_get_days(self):
        """Return the days until the last installment of the terms is due, at most; 0 without terms."""
        return self.credit_days_max or 0

    def _credit_get_last_due(self, day):
        """Return the last due date of a document of a day; the day itself without terms."""
        return max((line._get_due_date(day) for line in self._credit_get_paid_lines()), default=day)

    def _credit_get_cash_discount(self):
        """Return the discount for paying early, in percent; 0.0 without one."""
        return self.discount_percentage if self.early_discount else 0.0

    def _credit_make_offer(self):
        """Return the terms as the engine compares them; None without terms."""
        if not self:
            return None
        return engine.Offer(self.id, self._credit_get_days(), self._credit_get_cash_discount(), len(self.line_ids))

    @api.model
    @tools.ormcache("company_id")
    def _credit_get_offers(self, company_id):
        """Return what can be proposed in a company, in the order in which terms are offered."""
        domain = self._check_company_domain(self.env["res.company"].browse(company_id))
        # what a policy may propose does not depend on who makes the document
        found = self.sudo().with_context(active_test=True).search([*domain, ("line_ids", "!=", False)])
        return tuple(terms._credit_make_offer() for terms in found)

    @api.model_create_multi
    def create(self, vals_list):
        """Override: what can be proposed is read anew."""
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Override: see `create`."""
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Override: see `create`."""
        self.env.registry.clear_cache()
        return super().unlink()


class AccountPaymentTermLine(models.Model):
    _inherit = "account.payment.term.line"

    def write(self, vals):
        """Override: the terms run differently."""
        self.env.registry.clear_cache()
        return super().write(vals)


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
