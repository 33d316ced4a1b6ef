"""Builders for the counter: a point of sale, a cashier, sales as the screen sends them."""

from uuid import uuid4

from odoo import Command, fields
from odoo.addons.credit_management.tests.common import CreditCommon
from odoo.tests import new_test_user


class PosCommon(CreditCommon):
    """Sales on account are held over the limit; a session is open; the cashier sees no figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("point_of_sale.group_pos_manager")
        cls.cash, cls.bank, cls.account = cls.make_methods()
        cls.config = cls.make_config("Counter")
        cls.goods = cls._make_article("Goods", "order", available_in_pos=True)
        cls.cashier = cls.make_cashier("cashier")
        cls.boss = cls.make_boss("boss")
        cls.policy = cls.make_policy({"criterion": "limit_exceeded", "effect_pos": "hold"})
        cls.session = cls.open(cls.config)

    @classmethod
    def make_methods(cls):
        journals = cls.env["account.journal"].create(
            [
                {"name": "Till", "type": "cash", "code": "TILL", "company_id": cls.company.id},
                {"name": "Cards", "type": "bank", "code": "CARD", "company_id": cls.company.id},
            ]
        )
        common = {"company_id": cls.company.id}
        return cls.env["pos.payment.method"].create(
            [
                {"name": "Cash till", "journal_id": journals[0].id, **common},
                {"name": "Card", "journal_id": journals[1].id, **common},
                {"name": "Customer Account", "split_transactions": True, **common},
            ]
        )

    @classmethod
    def make_config(cls, name, **values):
        values.setdefault("payment_method_ids", [Command.set((cls.cash | cls.bank | cls.account).ids)])
        return cls.env["pos.config"].create({"name": name, "company_id": cls.company.id, **values})

    @classmethod
    def make_cashier(cls, login, groups="point_of_sale.group_pos_user", **values):
        values = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)], **values}
        return new_test_user(
            cls.env, login, f"base.group_user,{groups}", **values,
        )

    @classmethod
    def make_boss(cls, login, role="credit_management.group_credit_controller", **values):
        return cls.make_cashier(login, role, password="boss-secret-1", **values)

    @classmethod
    def open(cls, config):
        config.open_ui()
        session = config.current_session_id
        session.set_opening_control(0, "")
        return session

    def close(self, session=None):
        """Close the session as the screen does; what is in the till is counted right."""
        session = session or self.session
        cash = session.order_ids.payment_ids.filtered("payment_method_id.is_cash_count")
        if session.cash_journal_id:
            session.post_closing_cash_details(sum(cash.mapped("amount")))
        result = session.close_session_from_ui()
        self.assertTrue(result["successful"], result)
        self.env.invalidate_all()

    # -- sales -------------------------------------------------------------------------------------

    def sale_data(self, partner, price, payments=None, state="paid", session=None, lines=None, **values):
        """Return a sale as the screen sends it; all of it on account unless payments are given."""
        lines = lines or [self.sold(price)]
        return {
            "amount_paid": price, "amount_return": 0, "amount_tax": 0, "amount_total": price,
            "date_order": fields.Datetime.to_string(fields.Datetime.now()), "fiscal_position_id": False,
            "pricelist_id": False, "name": "/", "last_order_preparation_change": "{}", "lines": lines,
            "partner_id": partner.id if partner else False, "session_id": (session or self.session).id,
            "payment_ids": [
                Command.create({"amount": amount, "name": fields.Datetime.now(), "payment_method_id": method.id})
                for method, amount in (payments or [(self.account, price)])
            ],
            "uuid": str(uuid4()), "access_token": str(uuid4()), "user_id": self.cashier.id, "to_invoice": False,
            "state": state, **values,
        }

    def sold(self, price, quantity=1, **values):
        """Return the command that adds a sold line."""
        return Command.create(
            {
                "price_unit": price / quantity, "product_id": self.goods.id, "price_subtotal": price,
                "price_subtotal_incl": price, "qty": quantity, "tax_ids": [Command.clear()], "name": "Line",
                "pack_lot_ids": [], **values,
            }
        )

    def sync(self, data, user=None):
        """Send a sale to the server as the cashier's screen does; return it as it is there."""
        uuid = data["uuid"]
        self.env["pos.order"].with_user(user or self.cashier).sync_from_ui([data])
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["pos.order"].search([("uuid", "=", uuid)])

    def sell(self, partner, price, payments=None, user=None, **values):
        return self.sync(self.sale_data(partner, price, payments, **values), user)

    def enter(self, partner, price, payments=None, **values):
        """Save a sale that is being paid as a draft, as the screen does before it asks; return it."""
        return self.sell(partner, price, payments, state="draft", **values)

    def finish(self, order, user=None):
        """Finish a draft at the screen."""
        data = {
            **self.sale_data(order.partner_id, order.amount_total), "uuid": order.uuid, "lines": [],
            "payment_ids": [], "amount_paid": order.amount_total,
        }
        return self.sync(data, user)

    def refund(self, order, amount, payments=None):
        """Give a part of a sale back, on account unless payments are given."""
        line = self.sold(-amount, -1, refunded_orderline_id=order.lines[0].id, price_unit=amount)
        return self.sell(order.partner_id, -amount, payments, lines=[line], is_refund=True)

    def ask(self, order, user=None):
        return order.with_user(user or self.cashier)

    def decisions(self, order):
        return self.env["credit.log"].search(
            [("res_model", "=", "pos.order"), ("res_id", "=", order.id), ("kind", "=", "check")], order="id"
        )

    def assertSold(self, order):  # noqa: N802
        self.assertIn(order.state, ("paid", "done"))
        self.assertFalse(order.credit_is_beyond)
        self.assertNotEqual(order.credit_hold_state, "held")

    def assertSoldBeyond(self, order):  # noqa: N802
        self.assertIn(order.state, ("paid", "done"))
        self.assertTrue(order.credit_is_beyond)
        self.assertEqual(order.credit_hold_state, "held")
        self.assertEqual(self.hold_of(order).state, "open")
