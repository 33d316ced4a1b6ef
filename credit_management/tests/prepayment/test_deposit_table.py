"""The table of deposits: what is asked, what came, what is missing, what is owed, and whether the order waits.

Each case: what is ordered, what the policy asks for, what happens; then required, received, missing, too much (in the
currency of the order), the exposure of the customer (in that of the company), and what became of the order. All figures
are worked out by hand. Without a word the order is one of 1,000 in the company's currency, of which 30 % are asked for,
and somebody confirms it first.
"""

from odoo.tests import tagged

from .common import DepositCommon

TAX_OUT, TAX_IN = {"tax": "excluded"}, {"price": 1200, "tax": "included"}
BY_DELIVERY = {"product": "delivery", "price": 100, "quantity": 10}
YEN = {"currency": "YEN", "price": 100_100}  # 1,001.00; 100 to 1, no decimals
DIN = {"currency": "DIN", "price": 10.005}  # 20.01; 0.5 to 1, three decimals
PND = {"currency": "PND", "price": 2000}  # 1,000.00; 2 to 1
OLD = {"currency": "OLD", "price": 2000}  # 800.00: 2 to 1 until yesterday, 2.5 to 1 today

WAYS = (
    ("nothing came", {}, {}, [], (300, 0, 300, 0), 0, "held"),
    ("online, all of it", {}, {}, ["online 300"], (300, 300, 0, 0), 700, "sale"),
    ("online, a cent short", {}, {}, ["online 299.99"], (300, 299.99, 0.01, 0), 0, "held"),
    ("online, more than asked", {}, {}, ["online 400"], (300, 400, 0, 100), 600, "sale"),
    ("online, pending", {}, {}, ["online 300 pending"], (300, 0, 300, 0), 0, "held"),
    ("online, failed", {}, {}, ["online 300 error"], (300, 0, 300, 0), 0, "held"),
    ("online, cancelled", {}, {}, ["online 300 cancel"], (300, 0, 300, 0), 0, "held"),
    ("online, reserved on the card: asked for, not owed less", {}, {}, ["reserved 300"],
     (300, 300, 0, 0), 1000, "sale"),
    ("wire that names the order", {}, {}, ["wire 300"], (300, 300, 0, 0), 700, "sale"),
    ("wire, a cent short", {}, {}, ["wire 299.99"], (300, 299.99, 0.01, 0), -299.99, "held"),
    ("wire, more than asked", {}, {}, ["wire 500"], (300, 500, 0, 200), 500, "sale"),
    ("wire, more than the order", {}, {}, ["wire 1500"], (300, 1000, 0, 700), -500, "sale"),
    ("wire that names nothing", {}, {}, ["unnamed 300"], (300, 300, 0, 0), 700, "sale"),
    ("wire that names nothing: no more of it than is needed", {}, {}, ["unnamed 500"], (300, 300, 0, 0), 500, "sale"),
    ("what is overdue is settled first", {}, {}, ["owe 200", "unnamed 400"], (300, 200, 100, 0), -200, "held"),
    ("but not with what names the order", {}, {}, ["owe 200", "wire 300"], (300, 300, 0, 0), 900, "sale"),
    ("line of a bank statement", {}, {}, ["statement 300"], (300, 300, 0, 0), 700, "sale"),
    ("line of a bank statement, a part", {}, {}, ["statement 120"], (300, 120, 180, 0), -120, "held"),
    ("a bill is no money before it is honoured", {}, {}, ["bill 300"], (300, 0, 300, 0), 0, "held"),
    ("a part online, the rest by wire", {}, {}, ["online 100", "wire 200"], (300, 300, 0, 0), 700, "sale"),
    ("three ways", {}, {}, ["online 100", "statement 100", "unnamed 100"], (300, 300, 0, 0), 700, "sale"),
    ("wire that came back", {}, {}, ["wire 300", "wire_bounced"], (300, 0, 300, 0), 0, "held"),
    ("wire that came back after the confirmation", {}, {}, ["wire 300", "settle", "wire_bounced"],
     (300, 0, 300, 0), 1000, "sale"),
)

DOWN_PAYMENTS = (
    ("invoiced, unpaid", {}, {}, ["dp 300"], (300, 0, 300, 0), 300, "held"),
    ("invoiced, paid", {}, {}, ["dp 300", "dp_paid"], (300, 300, 0, 0), 700, "sale"),
    ("invoiced, partly paid", {}, {}, ["dp 300", "dp_paid 100"], (300, 100, 200, 0), 200, "held"),
    ("invoiced and paid for half of it", {}, {}, ["dp 150", "dp_paid"], (300, 150, 150, 0), 0, "held"),
    ("more is invoiced than asked, and paid", {}, {}, ["dp 600", "dp_paid"], (300, 600, 0, 300), 400, "sale"),
    ("more is invoiced than asked; what is asked is paid", {}, {}, ["dp 600", "dp_paid 300"],
     (300, 300, 0, 0), 700, "sale"),
    ("paid and partly given back", {}, {}, ["dp 300", "dp_paid", "dp_refunded 100"], (300, 200, 100, 0), 0, "held"),
    ("paid and partly given back after the confirmation", {}, {},
     ["dp 300", "dp_paid", "settle", "dp_refunded 100"], (300, 200, 100, 0), 800, "sale"),
    ("credited, unpaid", {}, {}, ["dp 300", "dp_credited"], (300, 0, 300, 0), 0, "held"),
    ("cancelled, unpaid", {}, {}, ["dp 300", "dp_cancelled"], (300, 0, 300, 0), 0, "held"),
    ("paid, and the payment bounced", {}, {}, ["dp 300", "dp_paid", "bounced"], (300, 0, 300, 0), 300, "held"),
    ("paid, and the payment bounced after the confirmation", {}, {}, ["dp 300", "dp_paid", "settle", "bounced"],
     (300, 0, 300, 0), 1000, "sale"),
    ("a part online, the rest invoiced and paid", {}, {}, ["online 100", "dp 200", "dp_paid"],
     (300, 300, 0, 0), 700, "sale"),
    ("a wire, and a part of an invoice", {}, {}, ["wire 100", "dp 200", "dp_paid 100"], (300, 200, 100, 0), 0, "held"),
)

ASKED = (
    ("a fixed amount", {}, {"kind": "amount", "amount": 250}, [], (250, 0, 250, 0), 0, "held"),
    ("a fixed amount, paid", {}, {"kind": "amount", "amount": 250}, ["wire 250"], (250, 250, 0, 0), 750, "sale"),
    ("a fixed amount, invoiced and paid", {}, {"kind": "amount", "amount": 250}, ["dp 250", "dp_paid"],
     (250, 250, 0, 0), 750, "sale"),
    ("a fixed amount above the total is the total", {}, {"kind": "amount", "amount": 5000}, ["wire 999.99"],
     (1000, 999.99, 0.01, 0), -999.99, "held"),
    ("all of it is paid", {}, {"kind": "amount", "amount": 5000}, ["wire 1000"], (1000, 1000, 0, 0), 0, "sale"),
    ("capped", {}, {"percent": 30, "amount_most": 200}, ["wire 200"], (200, 200, 0, 0), 800, "sale"),
    ("rounded up", {"price": 1030}, {"percent": 30, "amount_step": 100}, ["wire 309"], (400, 309, 91, 0), -309, "held"),
    ("rounded up, never above the total", {"price": 350}, {"percent": 30, "amount_step": 1000}, [],
     (350, 0, 350, 0), 0, "held"),
    ("a third of what does not divide", {"price": 100.01}, {"percent": 33.33}, ["wire 33.33"],
     (33.33, 33.33, 0, 0), 66.68, "sale"),
    ("half a cent is a cent", {"price": 0.05}, {"percent": 30}, [], (0.02, 0, 0.02, 0), 0, "held"),
    ("below the band nothing is asked", {}, {"percent": 30, "amount_from": 1000.01}, [], (0, 0, 0, 0), 1000, "sale"),
    ("from the beginning of the band on", {}, {"percent": 30, "amount_from": 1000}, [], (300, 0, 300, 0), 0, "held"),
    ("the end of the band is not in it", {}, {"percent": 30, "amount_to": 1000}, [], (0, 0, 0, 0), 1000, "sale"),
)

TAXES = (
    ("tax on top: of the total with tax", TAX_OUT, {}, [], (360, 0, 360, 0), 0, "held"),
    ("tax included", TAX_IN, {}, [], (360, 0, 360, 0), 0, "held"),
    ("C07: 200.00 online, then a bank line of 159.98, tolerance 0.05", TAX_OUT, {},
     ["tolerance 0.05", "online 200", "statement 159.98"], (360, 359.98, 0.02, 0), 840.02, "sale"),
    ("C07 before the line", TAX_OUT, {}, ["tolerance 0.05", "online 200"], (360, 200, 160, 0), 0, "held"),
    ("the tolerance ends where it says", TAX_OUT, {}, ["tolerance 0.05", "wire 359.94"],
     (360, 359.94, 0.06, 0), -359.94, "held"),
    ("C08: 360.00 paid, 100.00 given back", TAX_IN, {}, ["dp 360", "dp_paid", "settle", "dp_refunded 100"],
     (360, 260, 100, 0), 940, "sale"),
    ("a down payment with tax, paid", TAX_OUT, {}, ["dp 360", "dp_paid"], (360, 360, 0, 0), 840, "sale"),
    ("a down payment with tax included, paid", TAX_IN, {}, ["dp 360", "dp_paid"], (360, 360, 0, 0), 840, "sale"),
    ("a down payment with tax, a third of it paid", TAX_OUT, {}, ["dp 360", "dp_paid 120"],
     (360, 120, 240, 0), 240, "held"),
    ("a fixed amount with tax", TAX_OUT, {"kind": "amount", "amount": 500}, ["wire 500"],
     (500, 500, 0, 0), 700, "sale"),
)

DELIVERED = (
    ("invoiced when delivered: nothing came", BY_DELIVERY, {}, [], (300, 0, 300, 0), 0, "held"),
    ("invoiced when delivered: a wire", BY_DELIVERY, {}, ["wire 300"], (300, 300, 0, 0), 700, "sale"),
    ("4 of 10 delivered", BY_DELIVERY, {}, ["wire 300", "settle", "deliver 4"], (300, 300, 0, 0), 700, "sale"),
    ("4 of 10 delivered and invoiced", BY_DELIVERY, {}, ["wire 300", "settle", "deliver 4", "bill_rest"],
     (300, 300, 0, 0), 700, "sale"),
    ("a down payment, 4 of 10 delivered and invoiced", BY_DELIVERY, {},
     ["dp 300", "dp_paid", "settle", "deliver 4", "bill_rest"], (300, 300, 0, 0), 700, "sale"),
    ("and the rest of that invoice paid", BY_DELIVERY, {},
     ["dp 300", "dp_paid", "settle", "deliver 4", "bill_rest", "dp_paid"], (300, 400, 0, 100), 600, "sale"),
    ("invoiced when ordered: all invoiced, the down payment taken off", {}, {},
     ["dp 300", "dp_paid", "settle", "bill_rest"], (300, 300, 0, 0), 700, "sale"),
    ("and paid", {}, {}, ["dp 300", "dp_paid", "settle", "bill_rest", "dp_paid"], (300, 1000, 0, 700), 0, "sale"),
)

CURRENCIES = (
    ("no decimals", YEN, {}, [], (30_030, 0, 30_030, 0), 0, "held"),
    ("no decimals, by wire", YEN, {}, ["wire 30030"], (30_030, 30_030, 0, 0), 700.70, "sale"),
    ("no decimals, one short", YEN, {}, ["wire 30029"], (30_030, 30_029, 1, 0), -300.29, "held"),
    ("no decimals, rounded", {**YEN, "price": 1001}, {}, ["wire 300"], (300, 300, 0, 0), 7.01, "sale"),
    ("no decimals, wired in the company's currency", YEN, {}, ["foreign_wire 300.30"],
     (30_030, 30_030, 0, 0), 700.70, "sale"),
    ("three decimals, half a unit is one", DIN, {}, ["wire 3.001"], (3.002, 3.001, 0.001, 0), -6.00, "held"),
    ("three decimals, paid", DIN, {}, ["wire 3.002"], (3.002, 3.002, 0, 0), 14.01, "sale"),
    ("foreign, online", PND, {}, ["online 600"], (600, 600, 0, 0), 700, "sale"),
    ("foreign, half of the down payment came", PND, {}, ["dp 600", "dp_paid 300"], (600, 300, 300, 0), 150, "held"),
    ("foreign, the down payment came", PND, {}, ["dp 600", "dp_paid"], (600, 600, 0, 0), 700, "sale"),
    ("foreign, a fixed amount of the company", PND, {"kind": "amount", "amount": 300}, ["wire 600"],
     (600, 600, 0, 0), 700, "sale"),
    ("foreign, a cap of the company", PND, {"percent": 30, "amount_most": 100}, [], (200, 0, 200, 0), 0, "held"),
    ("foreign, below the band", {**PND, "price": 999}, {"percent": 30, "amount_from": 500}, [],
     (0, 0, 0, 0), 499.50, "sale"),
    ("foreign, in the band", {**PND, "price": 1000}, {"percent": 30, "amount_from": 500}, [],
     (300, 0, 300, 0), 0, "held"),
    ("what was paid in full yesterday is paid, whatever the rate of today", OLD, {}, ["wire_of_yesterday 600"],
     (600, 600, 0, 0), 500, "sale"),
)


@tagged("post_install", "-at_install")
class TestDepositTable(DepositCommon):
    def check(self, cases):
        for number, (name, ordered, rule, steps, figures, exposure, state) in enumerate(cases):
            with self.subTest(name), self.env.cr.savepoint():
                customer = self.make_customer(100_000, f"Customer {number}")
                self.ask_for(**(rule or {"every": 30}))
                self.policy.rule_ids.amount_tolerance = 0
                order = self.make_for(customer, **{"price": 1000, **ordered})
                self.do_confirm(order)
                self.walk(order, steps)
                self.settle()
                self.assertEqual(self.deposit_of(order), figures)
                self.assertEqual(self.exposure(customer), exposure)
                self.assertEqual((order.state, order.credit_hold_state or "free"),
                                 ("sale", "free") if state == "sale" else ("draft", "held"))

    def walk(self, order, steps):
        for step in steps:
            name, *values = step.split()
            getattr(self, f"do_{name}")(order, *(float(value) if value[0].isdigit() else value for value in values))

    def do_reserved(self, order, amount):
        names = ("support_express_checkout", "support_refund", "support_tokenization", "support_manual_capture")
        able = {**dict.fromkeys(names, False), "support_manual_capture": "full_only"}
        self.patch(type(self.provider), "_compute_feature_support_fields", lambda providers: providers.update(able))
        self.provider.invalidate_recordset(names)
        self.do_online(order, amount, "authorized")

    def do_settle(self, _order):
        self.settle()

    def do_tolerance(self, _order, amount):
        self.policy.rule_ids.amount_tolerance = amount

    def do_foreign_wire(self, order, amount):
        self.do_wire(order, amount, own=False)

    def do_wire_of_yesterday(self, order, amount):
        self.do_wire(order, amount, days=1)

    def test_every_way_of_paying(self):
        self.check(WAYS)

    def test_down_payment_invoices(self):
        self.check(DOWN_PAYMENTS)

    def test_what_is_asked_for(self):
        self.check(ASKED)

    def test_taxes(self):
        self.check(TAXES)

    def test_what_is_invoiced_when_it_is_delivered(self):
        self.check(DELIVERED)

    def test_currencies(self):
        self.check(CURRENCIES)

    def test_the_table_is_long_enough(self):
        tables = (WAYS, DOWN_PAYMENTS, ASKED, TAXES, DELIVERED, CURRENCIES)
        self.assertGreaterEqual(sum(map(len, tables)), 80)
        names = [case[0] for table in tables for case in table]
        self.assertEqual(len(set(names)), len(names))
