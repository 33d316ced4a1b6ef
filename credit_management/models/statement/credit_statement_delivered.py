"""The month's deliveries before they are invoiced (月结对账): the customer confirms them, and the invoice follows.

What was delivered and is not invoiced is the exposure's: a statement adds up to its component "delivered".
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import groupby


class CreditStatementLine(models.Model):
    _inherit = "credit.statement.line"

    order_id = fields.Many2one(
        "sale.order", "Order", readonly=True, ondelete="set null", index="btree_not_null", help="What was ordered."
    )
    delivery_name = fields.Char("Delivery Note", readonly=True, help="By which it came, where stock is kept in Odoo.")
    product_name = fields.Char("Product", readonly=True)
    quantity = fields.Float(readonly=True, digits="Product Unit", help="Delivered and not invoiced.")
    uom_name = fields.Char("Unit", readonly=True)
    price_unit = fields.Float(
        "Price (Tax Included)", readonly=True, digits="Product Price", help="Of one unit, as it was ordered."
    )


class CreditStatement(models.Model):
    _inherit = "credit.statement"

    delivered_line_ids = fields.One2many(
        "credit.statement.line", "statement_id", "Deliveries", domain=[("section", "=", "delivered")], readonly=True
    )

    @api.model
    def _read_lines(self, partners, company, kind, date, date_from):
        """Override: deliveries are read of the orders, not of the ledger."""
        if kind != "delivered":
            return super()._read_lines(partners, company, kind, date, date_from)
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        scope = Exposure._make_scope(company._credit_today(), partners.ids)
        rows = self._read(Exposure._get_delivered_lines_sql(scope), company)
        rows.sort(key=lambda row: (row["partner_id"], row["order_id"], row["line_id"]))
        # the customer's own orders: whose statement it is was checked
        lines = self.env["sale.order.line"].sudo().browse([row["line_id"] for row in rows])
        by_line = dict(zip(lines, rows, strict=True))
        parts = lines._credit_get_deliveries({line: row["quantity"] for line, row in by_line.items()}, date)
        found = {}
        for _order_id, own in groupby(lines, lambda line: line.order_id.id):
            values = self._prepare_deliveries([(line, by_line[line]) for line in own], parts)
            found.setdefault(by_line[own[0]]["partner_id"], []).extend(values)
        return {
            partner: [{**line, "sequence": number} for number, line in enumerate(values)]
            for partner, values in found.items() if values
        }

    def _prepare_deliveries(self, own, parts):
        """Return the lines of one order; what its down payments pay of them comes off it."""
        found, is_whole = [], True
        for line, row in own:
            found += [self._prepare_delivery(line, row, *part) for part in parts[line]]
            told = sum(quantity for quantity, _note, _day in parts[line])
            is_whole = is_whole and not line.product_uom_id.compare(told, row["quantity"])
        return found + self._prepare_deduction(own[0], found) if is_whole else found

    def _prepare_delivery(self, line, row, quantity, note, day):
        amount = line.currency_id.round(row["unit"] * quantity)
        return {
            "section": "delivered", "order_id": line.order_id.id, "name": line.order_id.name,
            "reference": line.order_id.client_order_ref, "delivery_name": note, "date": day,
            "product_name": line.product_id.display_name or line.name, "quantity": quantity,
            "uom_name": line.product_uom_id.name, "price_unit": row["unit"], "currency_id": line.currency_id.id,
            "amount": amount, "amount_company": line.company_id.currency_id.round(amount / row["rate"]),
        }

    def _prepare_deduction(self, first, found):
        """Return the line of what an order's down payments have paid for already, if they have."""
        line, row = first
        left = float(row["counted"]) - sum(values["amount_company"] for values in found)
        amount = line.currency_id.round(left * row["rate"])
        if abs(amount) <= line.currency_id.rounding * len(found):  # what rounding leaves
            found[-1]["amount_company"] += left
            return []
        return [{
            "section": "delivered", "order_id": line.order_id.id, "name": line.order_id.name,
            "product_name": self.env._("Invoiced already, as a down payment"), "currency_id": line.currency_id.id,
            "amount": amount, "amount_company": left,
        }]

    def action_invoice_deliveries(self):
        """Open Odoo's dialog that invoices the orders of confirmed deliveries.

        :raise UserError: while the customer has not confirmed them
        """
        self.check_access("write")
        if any(statement.kind != "delivered" or statement.state != "agreed" for statement in self):
            raise UserError(
                self.env._("Deliveries are invoiced once the customer agrees with the statement. Note the answer.")
            )
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_view_sale_advance_payment_inv")
        return {**action, "context": {"active_model": "sale.order", "active_ids": self.line_ids.order_id.ids}}
