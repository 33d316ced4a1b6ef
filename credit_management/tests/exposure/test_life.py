"""Random lives of customers: after every step the exposure equals the oracle's, to the cent."""

import os
import random

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon
from . import oracle

LIVES = int(os.environ.get("CREDIT_LIVES", "5"))
FIRST_SEED = int(os.environ.get("CREDIT_SEED", "1"))
STEPS = 12


@tagged("post_install", "-at_install")
class TestLife(CreditCommon):
    """`CREDIT_LIVES=500` for the long run; `CREDIT_SEED=n CREDIT_LIVES=1` repeats one life."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company(name="Other company")["company"]
        cls.env.user.company_ids += cls.other
        cls.foreign = cls.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        cls.pricelist = cls.make_pricelist(cls.foreign)
        cls.tax = cls.env["account.tax"].create({"name": "15 %", "amount": 15, "type_tax_use": "sale"})

    def test_the_exposure_equals_the_oracle_after_every_step_of_every_life(self):
        for seed in range(FIRST_SEED, FIRST_SEED + LIVES):
            savepoint = self.env.cr.savepoint()
            with self.subTest(f"seed {seed}"):
                Life(self, seed).run()
            savepoint.close(rollback=True)
            self.env.invalidate_all()


class Life:
    """One customer with a contact, and everything that can happen to it."""

    def __init__(self, test, seed):
        self.test = test
        self.random = random.Random(seed)
        self.log = [f"seed {seed}"]
        self.customer = test.make_customer(name=f"Life {seed}")
        self.contact = test.env["res.partner"].create({"name": "Contact", "parent_id": self.customer.id})
        self.orders = test.env["sale.order"]
        self.invoices = test.env["account.move"]
        self.steps = [
            self.order, self.order, self.change, self.change, self.deliver, self.deliver, self.add_line,
            self.bill, self.bill, self.bill, self.down_payment, self.edit_draft, self.post, self.post, self.post,
            self.cancel_draft, self.refund, self.draft_refund, self.pay, self.pay, self.unreconcile, self.receive,
            self.cancel_order, self.loose_invoice,
        ]  # fmt: skip

    def run(self):
        self.order()
        for _number in range(STEPS):
            step = self.random.choice(self.steps)
            self.log.append(step.__name__)
            try:
                with self.test.env.cr.savepoint():
                    step()
            except UserError as refusal:  # Odoo itself does not allow the step now
                self.log.append(f"(refused: {str(refusal)[:60]})")
                self.test.env.invalidate_all()
            self.check()

    def check(self):
        for company in (self.test.company, self.test.other):
            expected = oracle.exposure(self.test.env, self.customer, company)
            found = self.test.exposure(self.customer, company)
            self.test.assertEqual(found, float(expected), f"in {company.name} after {', '.join(self.log)}")

    # -- what is there ----------------------------------------------------------------------------

    def pick(self, records):
        if not records:
            raise UserError("nothing to choose from")
        return self.random.choice(list(records))

    def price(self):
        return self.random.randint(1, 50000) / 100

    def quantity(self):
        return self.random.choice([1, 2, 3, 5, 10, 0.5])

    def confirmed(self):
        return self.orders.filtered(lambda order: order.state == "sale")

    def drafts(self):
        return self.invoices.filtered(lambda move: move.state == "draft")

    def posted(self):
        return self.invoices.filtered(lambda move: move.state == "posted" and move.move_type == "out_invoice")

    def keep(self, invoice):
        invoice.invoice_date = self.test.today
        self.invoices |= invoice
        if self.random.random() < 0.4:
            invoice.action_post()

    # -- steps ------------------------------------------------------------------------------------

    def order(self):
        test = self.test
        company = self.random.choice([test.company, test.company, test.other])
        foreign = company == test.company and self.random.random() < 0.4
        lines = [self.line(company) for _number in range(self.random.randint(1, 3))]
        order = test.make_order(
            self.random.choice([self.customer, self.contact]),
            lines=lines,
            company_id=company.id,
            **({"pricelist_id": test.pricelist.id} if foreign else {}),
        )
        order.with_company(company).action_confirm()
        self.orders |= order

    def line(self, company):
        article = self.random.choice([self.test.article, self.test.delivered_article])
        values = {"discount": self.random.choice([0, 0, 10, 33])}
        if company == self.test.company and self.random.random() < 0.3:
            values["tax_ids"] = [Command.set(self.test.tax.ids)]
        if self.random.random() < 0.2:
            values["product_uom_id"] = self.test.uom_dozen.id
        return self.test.line(self.price(), self.quantity(), article, **values)

    def pick_line(self):
        return self.pick(self.pick(self.confirmed()).order_line.filtered(lambda line: not line.is_downpayment))

    def change(self):
        values = self.random.choice(
            [
                {"product_uom_qty": self.quantity()},
                {"price_unit": self.price()},
                {"discount": 25},
                {"product_uom_qty": 0},
            ]
        )
        self.pick_line().write(values)

    def deliver(self):
        line = self.pick_line()
        line.qty_delivered = line.product_uom_qty * self.random.choice([0, 0.5, 1, 1, 1.2])

    def add_line(self):
        order = self.pick(self.confirmed())
        values = self.test.line_values(self.price(), 0, self.test.delivered_article, qty_delivered=self.quantity())
        self.test.env["sale.order.line"].create({"order_id": order.id, **values})

    def bill(self):
        order = self.pick(self.confirmed())
        self.keep(order.with_company(order.company_id)._create_invoices(final=self.random.random() < 0.7))

    def down_payment(self):
        order = self.pick(self.confirmed())
        wizard = (
            self.test.env["sale.advance.payment.inv"]
            .with_company(order.company_id)
            .with_context(active_model="sale.order", active_ids=order.ids)
            .create({"advance_payment_method": "percentage", "amount": self.random.choice([10, 30, 50])})
        )
        before = order.invoice_ids
        wizard.create_invoices()
        self.keep(order.invoice_ids - before)

    def edit_draft(self):
        draft = self.pick(self.drafts())
        line = self.pick(draft.invoice_line_ids.filtered(lambda line: line.display_type == "product"))
        line.write(self.random.choice([{"quantity": self.quantity()}, {"price_unit": self.price()}]))

    def post(self):
        draft = self.pick(self.drafts())
        draft.with_company(draft.company_id).action_post()

    def cancel_draft(self):
        self.pick(self.drafts()).button_cancel()

    def reversal(self):
        invoice = self.pick(self.posted())
        refund = invoice.with_company(invoice.company_id)._reverse_moves([{"invoice_date": self.test.today}])
        self.invoices |= refund
        return refund

    def refund(self):
        refund = self.reversal()
        refund.with_company(refund.company_id).action_post()

    def draft_refund(self):
        self.reversal()

    def pay(self):
        invoice = self.pick(self.posted().filtered("amount_residual"))
        share = self.random.choice([1, 1, 0.3])
        wizard = (
            self.test.env["account.payment.register"]
            .with_company(invoice.company_id)
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"payment_date": self.test.today})
        )
        wizard.amount = invoice.currency_id.round(wizard.amount * share) or wizard.amount
        wizard._create_payments()

    def unreconcile(self):
        self.pick(self.posted()).line_ids.remove_move_reconcile()

    def receive(self):
        self.test.receive(self.random.choice([self.customer, self.contact]), self.price())

    def cancel_order(self):
        order = self.pick(self.confirmed())
        order._action_cancel()

    def loose_invoice(self):
        values = {"currency_id": self.test.foreign.id} if self.random.random() < 0.4 else {}
        invoice = self.test.make_invoice(self.contact, self.price(), post=self.random.random() < 0.5, **values)
        self.invoices |= invoice
