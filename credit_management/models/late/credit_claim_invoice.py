"""Claims on a plain draft invoice, with their calculation attached."""

import base64

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Command


class CreditDunningClaim(models.Model):
    _inherit = "credit.dunning.claim"

    def action_invoice(self):
        """Make draft invoices of open claims, one for each customer and currency, with the calculation attached.

        :raise AccessError: without the rights to write invoices
        :raise UserError: for claims that are not open, or without accounts
        """
        self.check_access("read")
        if not self.env.user.has_group("account.group_account_invoice"):
            raise AccessError(self.env._("Only accountants invoice claims."))
        self._check_open()
        invoices = self._invoice()
        action = {"type": "ir.actions.act_window", "res_model": "account.move", "name": self.env._("Draft Invoices")}
        if len(invoices) == 1:
            return {**action, "views": [(False, "form")], "res_id": invoices.id}
        return {**action, "views": [(False, "list"), (False, "form")], "domain": [("id", "in", invoices.ids)]}

    def _invoice(self):
        """Invoice open claims; whoever calls it has checked that they may be."""
        invoices = self.env["account.move"]
        for claims in self.grouped(lambda claim: (claim.company_id, claim.partner_id, claim.currency_id)).values():
            company = claims.company_id
            company._credit_check_claim_accounts(claims)
            # invoiced as they were claimed, whoever has the rights to do so here
            invoice = invoices.sudo().with_company(company).create(claims._prepare_invoice())
            claims.sudo().write({"step": "booked", "invoice_id": invoice.id})  # written by steps only
            claims._attach_calculation(invoice)
            invoices |= invoice.sudo(self.env.su)  # back to the rights of the caller
        return invoices

    def _prepare_invoice(self):
        company, partner = self.company_id.sudo(), self.partner_id  # the company may not be among the user's
        lines = [
            {
                "name": claim._get_invoice_text(), "quantity": 1.0, "price_unit": claim.amount,
                "account_id": company._credit_get_claim_account(claim.kind).id,
                "tax_ids": [Command.set(company._credit_get_claim_taxes(claim.kind).ids)],
            }
            for claim in self.with_context(lang=partner.lang or self.env.lang)
        ]
        values = {
            "move_type": "out_invoice", "partner_id": partner.id, "company_id": company.id,
            "currency_id": self.currency_id.id, "invoice_payment_term_id": False, "invoice_origin": self._get_origin(),
            "invoice_line_ids": [Command.create(line) for line in lines],
        }
        # a debit note says which invoice it is about: only where it is about exactly one, and the add-on is there
        if len(self.move_id) == 1 and "debit_origin_id" in self.env["account.move"]._fields:
            values["debit_origin_id"] = self.move_id.id
        return values

    def _get_origin(self):
        return ", ".join(dict.fromkeys(name for name in self.mapped("document") if name))

    def _get_invoice_text(self):
        """Return what the line of an invoice says of a claim, in the language of the environment."""
        label = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        return " ".join(filter(None, [label, self.document, self.explanation]))

    def _attach_calculation(self, invoice):
        """Attach how the claims were reckoned, in the customer's language."""
        report = self.env["ir.actions.report"].sudo()  # the document is drawn whoever has the rights to make it
        told = self.with_context(lang=self.partner_id.lang or self.env.lang)
        content, _kind = report.with_context(lang=told.env.lang)._render_qweb_pdf(
            "credit_management.report_late_calculation", told.ids
        )
        self.env["ir.attachment"].sudo().create({  # see above
            "name": told.env._("Calculation of late-payment claims.pdf"), "datas": base64.b64encode(content),
            "mimetype": "application/pdf", "res_model": "account.move", "res_id": invoice.id,
        })
