"""What quotations, orders and invoices say of late payment: the clause of the interest that the customer would owe."""

from odoo import api, fields, models


class CreditInterest(models.Model):
    _inherit = "credit.interest"

    clause = fields.Text(
        translate=True,
        help="Printed on quotations, orders and invoices of whom it is claimed of, in the language of the document. "
        "Empty: nothing is printed.",
    )


class CreditLateClause(models.AbstractModel):
    _name = "credit.late.clause"
    _description = "Document that says what late payment costs"

    credit_late_clause = fields.Text(
        "Late-Payment Clause", compute="_compute_credit_late_clause",
        help="What the document says of late payment, by policy and company, in its language.",
    )

    def _credit_get_clause_customer(self):
        """Return the customer that would pay late; nobody for a document that says nothing of it."""
        raise NotImplementedError

    @api.depends(lambda self: ["partner_id"] if "partner_id" in self._fields else [])
    @api.depends_context("lang")
    def _compute_credit_late_clause(self):
        for document in self:
            document.credit_late_clause = document._credit_find_interest().clause or False

    def _credit_find_interest(self):
        """Return the `credit.interest` that is claimed of the customer; empty where nothing is."""
        customer, company = self._credit_get_clause_customer(), self.company_id._credit_company()
        if not customer:
            return self.env["credit.interest"]
        # what a document says does not depend on who prints it
        Profile = self.env["credit.profile"].sudo().with_context(active_test=False)
        profile = Profile.search([("partner_id", "=", customer.id), ("company_id", "=", company.id)], limit=1)
        profile = profile or Profile.new({"partner_id": customer.id, "company_id": company.id})
        return profile._get_interest(company._credit_today())


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "credit.late.clause"]

    def _credit_get_clause_customer(self):
        return self.partner_invoice_id.commercial_partner_id


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "credit.late.clause"]

    def _credit_get_clause_customer(self):
        is_sale = self.move_type in ("out_invoice", "out_receipt")
        return self.commercial_partner_id if is_sale else self.env["res.partner"]
