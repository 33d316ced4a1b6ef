"""Invoices are proposed the terms of their customer, shortened to what its policy allows; longer ones are noticed."""

from odoo import api, models

from .account_payment_term_dates import OF_INVOICE

SALES_TYPES = ("out_invoice", "out_receipt")


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "credit.terms.proposal"]

    def _credit_get_payer(self):
        is_sale = self.move_type in SALES_TYPES and self.state == "draft"
        return self.commercial_partner_id if is_sale else self.env["res.partner"]

    @api.depends("partner_id", "state", "invoice_payment_term_id")
    def _compute_credit_terms_before(self):
        """Override: what is posted keeps what it says, and what is no invoice says nothing."""
        drafts = self.filtered(lambda move: move._credit_get_payer())
        for move in self - drafts:
            move.credit_terms_before_id = move.credit_terms_before_id
            move.credit_terms_rule_id = move.credit_terms_rule_id
        return super(AccountMove, drafts)._compute_credit_terms_before()

    def _compute_invoice_payment_term_id(self):
        """Override of `account`: no longer terms than the customer's policy allows."""
        super()._compute_invoice_payment_term_id()
        for move, (terms, _own, _policy) in self._credit_propose_terms().items():
            move.invoice_payment_term_id = terms

    def _credit_get_days_terms(self, as_of):
        """Return the days from a day until the invoice is due: by its terms from its date, or as it was typed in."""
        terms, dated = self.invoice_payment_term_id, self._credit_get_dated() or as_of
        if terms and dated <= as_of:
            return terms._credit_get_days()
        last = terms._credit_get_last_due(dated) if terms else self.invoice_date_due or as_of
        return max((last - as_of).days, terms._credit_get_days())

    def _credit_get_dated(self):
        """Return the day from which the terms count: that of the invoice, or a later one on which they begin."""
        begin = self.credit_terms_start in OF_INVOICE and self._credit_get_terms_start()
        return max(filter(None, [self.invoice_date, begin]), default=None)

    def _credit_is_discounted(self):
        """Override: an invoice that is due later than its orders say gives something away, too."""
        return super()._credit_is_discounted() or self._credit_is_longer()

    def _credit_is_longer(self):
        """Tell whether the invoice runs longer than all of its orders, or has terms that are not allowed, where a rule
        asks for terms."""
        Policy, company = self.env["credit.policy"], self.company_id
        if not any(Policy._is_asked(name, company) for name in ("terms_longer", "terms_ceiling", "terms_blocked")):
            return False
        agreed = self.invoice_line_ids.sale_line_ids.order_id.payment_term_id
        terms = self.invoice_payment_term_id
        if terms in agreed or not self.invoice_line_ids.sale_line_ids:
            return False
        longest = max((agreed_terms._credit_get_days() for agreed_terms in agreed), default=0)
        is_blocked = Policy._is_blocked_anywhere(terms, company._credit_company())
        return is_blocked or self._credit_get_days_terms(company._credit_today()) > longest
