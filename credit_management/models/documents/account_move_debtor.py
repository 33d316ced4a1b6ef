"""A debt stays with its customer, and an invoice stays one: otherwise it would be decided for somebody else.

So does what was ordered: its invoice is for the customer of the order.
"""

from odoo import api, models
from odoo.exceptions import AccessError

SALES_TYPES = ("out_invoice", "out_receipt")  # what a customer owes for, once it is posted
UNCHECKED = ("entry", "in_invoice", "in_refund", "in_receipt")  # what an invoice would hide in


class AccountMove(models.Model):
    _inherit = "account.move"

    def _credit_is_sale(self):
        """Tell whether the customer owes it once it is posted: a credit note of a negative amount is an invoice."""
        return self.move_type in SALES_TYPES or (self.move_type == "out_refund" and self.amount_total < 0)

    def _credit_check_debtor_change(self, vals):
        """Refuse to make a posted debt another customer's, or a draft invoice something that nobody checks.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        if not self._credit_is_person():
            return
        if "partner_id" in vals:
            self.line_ids.filtered("account_id")._credit_check_debtor(vals["partner_id"])
        invoices = self.filtered(lambda move: move.move_type in SALES_TYPES and move.partner_id and move.line_ids)
        if vals.get("move_type") in UNCHECKED and invoices:
            raise AccessError(
                self.env._(
                    "%(invoice)s is an invoice to a customer and stays one. Delete it, and enter the other document.",
                    invoice=invoices[0].display_name,
                )
            )

    def _credit_is_person(self):
        """Tell whether a person without credit rights writes, and something is checked."""
        is_free = self.env.su or self.env.user.has_group("credit_management.group_credit_controller")
        return not is_free and self.env["credit.policy"]._is_any_on()


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: what was ordered is invoiced to the customer of the order.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        lines = super().create(vals_list)
        lines._credit_check_payer()
        return lines

    def _credit_check_payer(self):
        """Refuse to invoice to somebody what another customer has ordered: see `create`."""
        if not self.env["account.move"]._credit_is_person():
            return
        for line in self.sudo().filtered("sale_line_ids"):  # whose order it is, whoever may read it
            customer = line.sale_line_ids.order_id.partner_invoice_id.commercial_partner_id
            if customer != line.move_id.commercial_partner_id:
                raise AccessError(
                    self.env._(
                        "%(order)s is an order of %(customer)s: it is not invoiced to somebody else. Change the "
                        "invoice address of the order, or ask a credit controller.",
                        order=line.sale_line_ids.order_id[:1].display_name,
                        customer=customer[:1].display_name,
                    )
                )

    def _credit_check_debtor(self, partner_id):
        """Refuse to make posted debts of these items another customer's. What was received may be booked over.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        if not self.env["account.move"]._credit_is_person():
            return
        customer = self.env["res.partner"].browse(partner_id).sudo().commercial_partner_id  # the name of a customer
        for item in self:
            if item._credit_is_debt() and item.partner_id and item.partner_id.commercial_partner_id != customer:
                raise AccessError(
                    self.env._(
                        "%(invoice)s is posted: its debt stays with %(customer)s. Credit it, and invoice the other "
                        "customer, or ask a credit controller.",
                        invoice=item.move_id.display_name,
                        customer=item.partner_id.commercial_partner_id.display_name,
                    )
                )

    def _credit_is_debt(self):
        return self.parent_state == "posted" and self.account_type == "asset_receivable" and self.balance > 0
