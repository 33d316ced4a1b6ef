"""Items of posted invoices stay with their orders; what is re-invoiced is counted and reported."""

from odoo import models
from odoo.exceptions import AccessError


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "credit.fact.mixin"]

    def write(self, vals):
        """Override: the lines of an invoice stay with their debtor, posted ones with their orders, too.

        :raise AccessError: when another order should count as invoiced by them, once something is checked
        """
        if "sale_line_ids" in vals and not self.env.su and self.env["credit.policy"]._is_any_on():
            self._credit_check_links()
        if "partner_id" in vals:
            self._credit_check_debtor(vals["partner_id"])
        result = super().write(vals)
        if {"sale_line_ids", "move_id"} & vals.keys():
            self._credit_check_payer()
        return result

    def _credit_check_links(self):
        posted = self.filtered(lambda line: line.parent_state == "posted")
        if posted:
            raise AccessError(
                self.env._(
                    "%(invoice)s is posted: its lines stay with the orders that they invoiced. Credit it instead.",
                    invoice=posted[0].move_id.name,
                )
            )

    def _sale_create_reinvoice_sale_line(self):
        """Override of `sale`: a vendor bill or an expense is posted whatever the credit of the customer
        it is re-invoiced to; what it adds to the order is counted and reported."""
        orders = self.env["sale.order"].union(*self._sale_determine_order().values())
        with orders._credit_watch(is_added=True):
            return super(AccountMoveLine, self.sudo())._sale_create_reinvoice_sale_line()  # the system's lines
