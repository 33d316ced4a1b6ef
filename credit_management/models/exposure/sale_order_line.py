"""What one unit of an order line is worth, tax included."""

from odoo import api, fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # what was delivered of orders that are not confirmed: few lines among very many
    _credit_left_sale_idx = models.Index("(order_id) WHERE qty_delivered <> 0 AND state <> 'sale'")

    credit_price_unit_total = fields.Float(
        "Unit Price With Tax",
        compute="_compute_credit_price_unit_total",
        store=True,
        precompute=True,
        help="Of a line that was ordered with quantity 0: what one unit of it will be invoiced at, tax included. "
        "The total of such a line is 0 and does not tell.",
    )

    @api.depends(
        "product_uom_qty",
        "price_unit",
        "discount",
        "tax_ids",
        "currency_id",
        "display_type",
        "is_downpayment",
        "company_id.account_price_include",
    )
    def _compute_credit_price_unit_total(self):
        """Ask Odoo's tax engine about one unit. A down payment has no quantity and no unit.

        Like the totals of the line this does not follow a tax that is changed afterwards: the order keeps
        what was agreed.
        """
        AccountTax = self.env["account.tax"]
        self.credit_price_unit_total = 0.0
        for line in self.filtered(
            lambda line: not (line.product_uom_qty or line.display_type or line.is_downpayment) and line.price_unit
        ):
            company = line.company_id or self.env.company
            base_line = line._prepare_base_line_for_taxes_computation(quantity=1.0)
            AccountTax._add_tax_details_in_base_line(base_line, company)
            line.credit_price_unit_total = base_line["tax_details"]["raw_total_included_currency"]

    def _credit_get_unit(self):
        """Return the price of one unit, tax included, in the currency of the order."""
        return self.price_total / self.product_uom_qty if self.product_uom_qty else self.credit_price_unit_total
