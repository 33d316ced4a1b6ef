"""What becomes money of what is not invoiced yet: drafts, deliveries and orders, each by its terms of payment."""

from datetime import timedelta

from odoo import models

UNKNOWN = timedelta(weeks=1)  # what should have happened already is expected within a week


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _read_expected_invoices(self, scope):
        """Override: drafts are posted and deliveries invoiced within a week, orders on the day of their delivery; they
        are due by the terms of their order, drafts on their own due date."""
        rows = self._read_counted_rows(scope, lambda component: component.listed == "orders")
        terms = self._read_terms_of_orders([res_id for _name, model, res_id, *_ in rows if model == "sale.order"])
        soon = scope.as_of + UNKNOWN
        expected = super()._read_expected_invoices(scope)
        for component, model, res_id, date, amount in rows:
            if model != "sale.order":
                expected.append((soon, max(date, scope.as_of), amount))
                continue
            day = soon if component == "delivered" else max(date, soon)
            expected.append((day, terms[res_id]._credit_get_last_due(day), amount))
        return expected

    def _read_terms_of_orders(self, order_ids):
        """Return the terms of payment of orders by id."""
        orders = self.env["sale.order"].sudo().browse(order_ids)  # whoever may read them: only days come of it
        return {order.id: order.payment_term_id for order in orders}
