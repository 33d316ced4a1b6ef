"""What facts are read from at the counter, and who may change it; a sale stays with its customer and stays a sale."""

from odoo import api, models
from odoo.addons.credit_management.models.gate.fact import Columns
from odoo.addons.credit_management.models.gate.guard import get_changed
from odoo.exceptions import AccessError

from .pos_order_finish import SOLD

SETTINGS = "set up by managers of the point of sale, not for a sale"
COLUMNS = {
    "pos.order": Columns(
        refused=frozenset({"currency_rate", "account_move"}),
        watched=frozenset({"state", "partner_id", "to_invoice", "company_id"}),
        harmless={
            "config_id": "follows the session",
            "session_id": "no amount is read from it",
            "picking_ids": "the goods of a sale are looked at as goods",
            "date_order": "the day of the list, not of the debt",
        },
    ),
    "pos.order.line": Columns(
        # what is handed out, and what is invoiced, is read from a line, too
        watched=frozenset({
            "order_id", "price_subtotal_incl", "refunded_orderline_id", "product_id", "qty", "price_unit", "discount",
        }),
        harmless={"*": "of a sale that is settled against its order: the order was decided"},
    ),
    "pos.payment": Columns(watched=frozenset({"amount", "payment_method_id", "pos_order_id"})),
    "pos.payment.method": Columns(
        watched=frozenset({"split_transactions", "journal_id"}), harmless={"*": SETTINGS},
    ),
    "pos.config": Columns(harmless={"*": SETTINGS}),
    "account.journal": Columns(harmless={"*": SETTINGS}),
}


class CreditFact(models.AbstractModel):
    _inherit = "credit.fact"

    @api.model
    def _get_columns(self):
        return {**super()._get_columns(), **COLUMNS}


class PosOrder(models.Model):
    _inherit = "pos.order"

    @api.model
    def _credit_get_protected_fields(self):
        return super()._credit_get_protected_fields() | COLUMNS["pos.order"].refused

    def write(self, vals):
        """Override of `point_of_sale`: a sale that gets another customer is decided for that one.

        :raise AccessError: when a person takes back that something was sold, or gives it to another company
        :raise UserError: when nobody would owe it any more
        """
        sold = self.filtered(lambda order: order.state in SOLD)
        is_back = vals.get("state") in ("draft", "cancel") or get_changed(sold, {"company_id"}, vals)
        if sold and not self.env.su and is_back:
            raise AccessError(sold[0]._credit_get_sold_text())
        before = {order: order.partner_id for order in sold}
        result = super().write(vals)
        changed = sold.filtered(lambda order: order.partner_id != before[order])
        if changed:
            changed._credit_check_debtor()
            changed._credit_check_sale()
            freed = self.env["res.partner"].union(*(before[order] for order in changed))
            self.env["credit.recheck"]._queue(freed)  # whoever no longer owes it
        return result

    def _credit_is_tip(self, vals):
        """Tell whether a line is a tip: where there are tips core's screen adds them after the payment."""
        config = self.config_id
        return config.iface_tipproduct and vals.get("product_id") in config.tip_product_id.ids

    def _credit_get_sold_text(self):
        return self.env._("%(order)s was sold: refund it instead.", order=self._credit_get_document_name())


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `point_of_sale`: nothing is added to what was sold, for it could be given back.

        :raise AccessError: when a person adds it
        """
        self._credit_check_added(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Override of `point_of_sale`: what was sold stays what it was worth, for it can be given back. A sale that is
        taken in is no exception: its values may hold commands for lines of another one.

        :raise AccessError: when a person changes it
        """
        watched = self.env["credit.fact"]._get_columns()["pos.order.line"].watched
        sold = self.filtered(lambda line: line.order_id.state in SOLD) if watched & vals.keys() else self.browse()
        if sold and not self.env.su and get_changed(sold, watched, vals):
            raise AccessError(sold[0].order_id._credit_get_sold_text())
        if vals.get("order_id") and self.order_id.ids != [vals["order_id"]]:
            self._credit_check_added([vals])
        return super().write(vals)

    @api.model
    def _credit_check_added(self, vals_list):
        """Refuse to a person what would be added to sales that have lines; one that is created as sold has none yet.

        :raise AccessError: naming the sale
        """
        orders = self.env["pos.order"].browse({vals["order_id"] for vals in vals_list if vals.get("order_id")})
        sold = orders.exists().filtered(lambda order: order.state in SOLD) if not self.env.su else orders.browse()
        sold = sold._credit_get_enforced().filtered("lines")
        for vals in vals_list if sold else ():
            order = sold.browse(vals.get("order_id"))
            if order in sold and not order._credit_is_tip(vals):
                raise AccessError(order._credit_get_sold_text())
