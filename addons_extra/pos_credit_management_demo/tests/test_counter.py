from uuid import uuid4

from odoo import Command, fields
from odoo.tests import TransactionCase, tagged

MODULE = "credit_management_demo"


@tagged("post_install", "-at_install")
class TestCounter(TransactionCase):
    """The counter of the demo sells on account, and stops what does not fit."""

    def ref(self, name):
        return self.env.ref(f"{MODULE}.{name}")

    def test_the_counter_takes_cash_card_and_customer_account(self):
        kinds = self.ref("counter_cork").payment_method_ids.sorted("id").mapped("type")
        self.assertEqual(kinds, ["cash", "bank", "pay_later"])

    def test_a_sale_beyond_the_limit_is_held_and_one_within_is_not(self):
        for customer, bays, state in (("youghal", 1, False), ("bantry", 10, "held")):
            self.assertEqual(self.sell(customer, bays).credit_hold_state, state, customer)

    def sell(self, customer, bays):
        """Return the order that the screen sends, paid on account; a bay is 615.00 with VAT."""
        config = self.ref("counter_cork")
        if not config.current_session_id:
            config.with_user(self.ref("user_sales")).open_ui()
        amount, shelving = 615.0 * bays, self.ref("product_shelving")
        taxes = shelving.taxes_id.filtered(lambda tax: tax.company_id == config.company_id)
        order = self.env["pos.order"].with_user(self.ref("user_sales")).sync_from_ui([{
            "session_id": config.current_session_id.id, "partner_id": self.ref(f"customer_{customer}").id,
            "amount_total": amount, "amount_paid": amount, "amount_tax": 115.0 * bays, "amount_return": 0.0,
            "lines": [Command.create({
                "product_id": shelving.id, "qty": bays, "price_unit": 500.0, "price_subtotal": 500.0 * bays,
                "price_subtotal_incl": amount, "tax_ids": [Command.set(taxes.ids)], "uuid": str(uuid4()),
            })],
            "payment_ids": [Command.create({
                "amount": amount, "name": fields.Datetime.now(),
                "payment_method_id": self.ref("counter_method_account").id,
            })],
            "uuid": str(uuid4()), "access_token": str(uuid4()), "user_id": self.ref("user_sales").id,
            "to_invoice": False, "state": "paid",
        }])["pos.order"][0]
        return self.env["pos.order"].browse(order["id"])
