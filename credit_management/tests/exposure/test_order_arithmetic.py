"""What an order counts for: SQL for everybody's and Python for one order say the same, whatever the taxes."""

import random

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import CreditCommon
from ..upgrade import load_migration

QUANTITIES = (0, 0, 1, 3, 7, -2)
PRICES = (100, 33.33, 19.99, 121, 0.07)
DISCOUNTS = (0, 0, 10, 33.3)
ORDERS = 16  # some five seconds; most faults show in the first orders


class OrderCommon(CreditCommon):
    @classmethod
    def make_tax(cls, amount, amount_type="percent", **values):
        cls.tax_number += 1
        return cls.env["account.tax"].create(
            {"name": f"Tax {cls.tax_number}", "amount": amount, "amount_type": amount_type, **values}
        )

    @classmethod
    def make_taxes(cls):
        children = cls.make_tax(5) | cls.make_tax(9)
        return {
            "percent": cls.make_tax(10),
            "group": cls.make_tax(0, "group", children_tax_ids=[Command.set(children.ids)]),
            "fixed": cls.make_tax(3, "fixed"),
            "division": cls.make_tax(20, "division"),
            "included": cls.make_tax(21, price_include_override="tax_included"),
        }

    def open_orders(self, orders):
        """Return {order id: (what is left, what is delivered of it)} of SQL, in company currency."""
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        scope = Exposure._make_scope(self.today, orders.partner_invoice_id.commercial_partner_id.ids)
        rows = self.env.execute_query(
            SQL(
                "SELECT id, total::float, LEAST(total, delivered)::float FROM (%s) o",
                Exposure._get_open_orders_sql(scope),
            )
        )
        return {order_id: (total, delivered) for order_id, total, delivered in rows}


@tagged("post_install", "-at_install")
class TestLinesOrderedAsNothing(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.taxes = cls.make_taxes()
        cls.customer = cls.make_customer(10**6)

    def make_delivered(self, price, *taxes, **values):
        """Return an order of a line that was ordered as 0, of which five were delivered."""
        line = self.line(price, 0, tax_ids=[Command.set([tax.id for tax in taxes])], **values)
        order = self.make_confirmed(self.customer, lines=[line])
        self.deliver(order.order_line, 5)
        return order

    def test_the_tax_engine_prices_one_unit(self):
        for name, price, worth in (
            ("percent", 100, 550),
            ("group", 100, 570),
            ("fixed", 100, 515),
            ("division", 100, 625),
            ("included", 121, 605),
        ):
            order = self.make_delivered(price, self.taxes[name])
            self.assertEqual(self.open_orders(order)[order.id], (worth, worth), name)
            self.assertAlmostEqual(order._credit_get_open(order.order_line.invoice_lines), worth, msg=name)

    def test_where_the_prices_of_the_company_include_tax(self):
        tax = self.make_tax(21)
        # Odoo lets nobody change it where something was invoiced
        self.env.cr.execute("UPDATE res_company SET account_price_include = 'tax_included'")
        self.env.invalidate_all()
        order = self.make_delivered(121, tax)
        self.assertEqual(self.open_orders(order)[order.id], (605, 605))

    def test_the_price_follows_what_it_is_made_of(self):
        order = self.make_delivered(100, self.taxes["percent"])
        line = order.order_line
        for values, unit in (
            ({"price_unit": 200}, 220),
            ({"discount": 50}, 110),
            ({"tax_ids": [Command.set(self.taxes["fixed"].ids)]}, 103),
            ({"product_uom_qty": 4}, 0),
            ({"product_uom_qty": 0}, 103),
        ):
            line.write(values)
            self.assertAlmostEqual(line.credit_price_unit_total, unit, msg=values)

    def test_lines_with_a_quantity_have_none(self):
        order = self.make_order(self.customer, 100, 3)
        self.assertEqual(order.order_line.credit_price_unit_total, 0)

    def test_nobody_writes_it_by_hand(self):
        self.make_policy()
        order = self.make_delivered(100)
        with self.assertRaisesRegex(AccessError, "worked out by the system"):
            order.order_line.with_user(self.make_user("sales")).write({"credit_price_unit_total": 0.01})


@tagged("post_install", "-at_install")
class TestUpgrade(OrderCommon):
    def run_script(self, name):
        load_migration(name).migrate(self.env.cr, "19.0.1.0.0")

    def test_only_lines_that_were_ordered_as_nothing_are_worked_out(self):
        customer, tax = self.make_customer(), self.make_tax(10)
        taxed = {"tax_ids": [Command.set(tax.ids)]}
        order = self.make_confirmed(customer, lines=[self.line(100, 0, **taxed), self.line(100, 3, **taxed)])
        self.env.flush_all()
        self.env.cr.execute("UPDATE sale_order_line SET credit_price_unit_total = NULL")
        self.env.invalidate_all()
        self.run_script("pre-migration")  # the column is there already: nothing happens
        self.run_script("post-migration")
        rows = self.env.execute_query(
            SQL("SELECT credit_price_unit_total FROM sale_order_line WHERE order_id = %s ORDER BY id", order.id)
        )
        self.assertEqual(len(rows), 2)
        self.assertAlmostEqual(rows[0][0], 110)
        self.assertIsNone(rows[1][0])


    def test_drafts_for_somebody_else_are_found(self):
        order = self.make_confirmed(self.make_customer(), 100)
        draft = self.bill(order, post=False)
        draft.partner_id = self.make_customer(name="Somebody else")
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_move SET credit_is_for_other = NULL")
        self.env.invalidate_all()
        self.run_script("pre-migration")  # the column is there already: nothing happens
        self.run_script("post-migration")
        self.assertTrue(draft.credit_is_for_other)


@tagged("post_install", "-at_install")
class TestOneArithmetic(OrderCommon):
    """Random orders: delivered, invoiced and paid down in part, in two currencies, with all kinds of taxes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.taxes = list(cls.make_taxes().values())
        foreign = cls.setup_other_currency("HRK", rates=[("2016-01-01", 3.0)])
        cls.pricelists = [cls.make_pricelist(cls.company.currency_id), cls.make_pricelist(foreign)]
        cls.customer = cls.make_customer()
        cls.dice = random.Random(20261125)

    def test_sql_and_python_agree_on_random_orders(self):
        orders = self.make_orders()
        self.agree(orders, "as ordered")
        for line in orders.order_line:
            self.deliver(line, self.dice.choice((0, 1, 2, 5)))
        self.agree(orders, "delivered")
        self.pay_down(orders)
        self.agree(orders, "paid down")
        self.invoice(orders.filtered(lambda order: self.dice.random() < 0.7))
        self.agree(orders, "invoiced in part")
        self.invoice(orders.filtered(lambda order: self.dice.random() < 0.3), "out_refund")
        self.agree(orders, "credited in part")
        self.readdress(orders)
        self.agree(orders, "drafts in part for somebody else")

    def make_orders(self):
        orders = self.env["sale.order"].create([self.prepare_order() for _number in range(ORDERS)])
        orders.action_confirm()
        return orders

    def prepare_order(self):
        lines = [
            self.line(
                self.dice.choice(PRICES),
                self.dice.choice(QUANTITIES),
                self.dice.choice([self.article, self.delivered_article]),
                discount=self.dice.choice(DISCOUNTS),
                tax_ids=[Command.set([tax.id for tax in self.dice.sample(self.taxes, self.dice.choice((0, 1, 1, 2)))])],
            )
            for _number in range(self.dice.choice((1, 2, 3)))
        ]
        pricelist = self.dice.choice(self.pricelists)
        return {"partner_id": self.customer.id, "order_line": lines, "pricelist_id": pricelist.id}

    def pay_down(self, orders):
        for number, order in enumerate(orders.filtered(lambda order: order.amount_total > 20)[:4]):
            self.bill_down_payment(order, self.dice.choice((5, 12.34)), post=number % 2 == 0)

    def invoice(self, orders, move_type="out_invoice"):
        """Invoice or credit a random part of each order; some of it stays a draft."""
        moves = self.env["account.move"].create(
            [
                {**order._prepare_invoice(), "move_type": move_type, "invoice_line_ids": lines}
                for order in orders
                if (lines := self.prepare_invoice_lines(order))
            ]
        )
        moves.invoice_date = self.today
        moves.filtered(lambda move: self.dice.random() < 0.6 and move.amount_total >= 0).action_post()

    def readdress(self, orders):
        drafts = orders.invoice_ids.filtered(lambda move: move.state == "draft" and move.move_type == "out_invoice")
        self.assertTrue(drafts)
        drafts[::2].partner_id = self.make_customer(name="Somebody else")

    def prepare_invoice_lines(self, order):
        lines = order.order_line.filtered(lambda line: not (line.display_type or line.is_downpayment))
        chosen = [line for line in lines if self.dice.random() < 0.7 and line.product_uom_qty >= 0]
        return [Command.create(line._prepare_invoice_line(quantity=self.dice.choice((1, 2)))) for line in chosen]

    def agree(self, orders, step):
        found = self.open_orders(orders)
        self.env.invalidate_all()
        for order in orders:
            expected = tuple(self.work_out(order))
            for name, here, there in zip(("left", "delivered"), found.get(order.id, (0, 0)), expected, strict=True):
                self.assertAlmostEqual(here, there, 2, f"{step}: {name} of {self.describe(order)}")

    def work_out(self, order):
        """Yield what Python says: what is left of the order, and what of it is delivered."""
        covering = order.order_line.invoice_lines.filtered(
            lambda line: (
                line.parent_state == "posted"
                or (line.parent_state == "draft" and line.move_id.move_type == "out_invoice")
            )
            and (line.parent_state == "posted" or line.move_id.partner_id == self.customer)
        )
        for is_counted in (True, False):
            order.company_id.credit_count_orders = is_counted
            yield self.company.currency_id.round(order._credit_get_open(covering) / order.currency_rate)
        order.company_id.credit_count_orders = True

    def describe(self, order):
        return [
            [line[name] for name in ("product_uom_qty", "qty_delivered", "qty_invoiced", "price_unit")]
            for line in order.order_line
        ]
