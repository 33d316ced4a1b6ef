"""What can happen to customers, at random: orders, deliveries, invoices, payments, and the undoing of each."""

import random
from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import UserError

from . import oracle
from .known_faults import KNOWN_FAULTS

STEPS = 8


class NotNowError(Exception):
    """There is nothing that a step could be taken with; nothing was done yet."""


class Life:
    """Two customers, one with a contact, in companies with taxes and currencies of all kinds."""

    def __init__(self, test, seed):
        self.test, self.env = test, test.env
        self.random = random.Random(seed)
        self.log = [f"seed {seed}"]
        self.customers = test.make_customer(name=f"Life {seed}") + test.make_customer(name=f"Neighbour {seed}")
        self.contact = self.env["res.partner"].create({"name": "Contact", "parent_id": self.customers[0].id})
        self.orders = self.env["sale.order"]
        self.invoices = self.env["account.move"]
        self.payments = self.env["account.payment"]
        self.disputes = self.env["credit.dispute"]
        self.promises = self.env["credit.promise"]
        self.steps = self.choose_steps()

    def choose_steps(self):
        """Return what may happen in this life: orders, and half of the rest. Of everything at once little
        would happen twice, and rare steps would hardly ever meet."""
        weights = self.weights()
        chosen = [self.order, *self.random.sample(list(weights), len(weights) // 2)]
        return [step for step in chosen for _number in range(weights[step])]

    def weights(self):
        """Return how often each step is taken."""
        return {
            self.order: 2,
            self.change: 2,
            self.deliver: 3,
            self.add_line: 1,
            self.cancel_order: 1,
            self.reopen_order: 2,
            self.bill: 3,
            self.down_payment: 1,
            self.edit_draft: 2,
            self.post: 3,
            self.cancel_draft: 1,
            self.reset_invoice: 2,
            self.refund: 1,
            self.draft_refund: 1,
            self.loose_invoice: 2,
            self.readdress: 2,
            self.pay: 4,
            self.receive: 2,
            self.receive_without_entry: 1,
            self.unreconcile: 1,
            self.allocate: 1,
            self.reach_the_bank: 1,
            self.reject: 3,
            self.bounce: 2,
            self.reset_payment: 2,
            self.cancel_payment: 1,
            self.dispute: 2,
            self.settle: 1,
            self.promise: 1,
        }

    def live(self):
        """Take one random step after the other and compare after each."""
        self.take(self.order)
        for _number in range(STEPS):
            while not self.take(self.random.choice(self.steps)):
                pass
            self.check()

    def take(self, step):
        """Take a step, unless Odoo does not allow it now, or it leads into a fault that is known.

        :return: whether it was taken
        """
        before = self.orders, self.invoices, self.payments, self.disputes, self.promises
        try:
            with self.env.cr.savepoint():
                step()
                self.keep_away_from_known_faults()
        except NotNowError:
            return False
        except UserError:
            self.orders, self.invoices, self.payments, self.disputes, self.promises = before
            self.env.invalidate_all()
            return False
        self.log.append(step.__name__)
        return True

    def keep_away_from_known_faults(self):
        for name, leads_into in KNOWN_FAULTS.items():
            if leads_into(self):
                raise UserError(f"known fault: {name}")

    # -- the comparison ---------------------------------------------------------------------------

    def check(self):
        for company in self.test.companies:
            found = self.test.facts_of(self.customers, company)
            for customer in self.customers:
                expected = oracle.ask(customer, company, self.test.today)
                self.compare(expected, found[customer], f"{customer.name} in {company.name}")
        self.promises.invalidate_recordset(["amount_missing"])
        for promise in self.promises:
            self.equal(float(oracle.missing(promise)), promise.amount_missing, "promise")

    def compare(self, expected, found, whom):
        for name, amount in expected.components.items():
            self.equal(float(amount), found.components[name], f"{name} of {whom}")
        self.equal(float(expected.exposure), found.exposure, f"exposure of {whom}")
        ladder = {item.days: item.amount for item in found.overdue}
        self.equal({days: float(amount) for days, amount in expected.overdue.items()}, ladder, f"overdue of {whom}")
        if "15" not in KNOWN_FAULTS:
            self.equal(expected.days_oldest_item, found.days_oldest_item, f"oldest item of {whom}")

    def equal(self, expected, found, what):
        self.test.assertEqual(expected, found, f"{what} after {', '.join(self.log)}")

    # -- what is there ----------------------------------------------------------------------------

    def pick(self, records):
        if not records:
            raise NotNowError
        return self.random.choice(list(records))

    def happens(self, share):
        return self.random.random() < share

    def partner(self):
        return self.random.choice([self.customers[0], self.customers[0], self.contact, self.customers[1]])

    def price(self, company=None):
        return self.random.randint(1, 50000) / 10 ** (company or self.test.company).currency_id.decimal_places

    def quantity(self):
        return self.random.choice([1, 2, 3, 5, 10, 0.5])

    def busy_companies(self):
        return self.orders.company_id + self.invoices.company_id + self.payments.company_id

    def confirmed(self):
        return self.orders.filtered(lambda order: order.state == "sale")

    def drafts(self):
        return self.invoices.filtered(lambda move: move.state == "draft")

    def posted(self, *types):
        types = types or ("out_invoice",)
        return self.invoices.filtered(lambda move: move.state == "posted" and move.move_type in types)

    def booked(self):
        return self.payments.filtered(lambda payment: payment.move_id.state == "posted")

    # -- orders -----------------------------------------------------------------------------------

    def order(self):
        test = self.test
        company = self.random.choice([test.company, *test.busy])
        currency = company == test.company and self.random.choice([None, None, None, *test.currencies])
        values = {"pricelist_id": test.pricelists[currency].id} if currency else {}
        if self.happens(0.2):
            noon = fields.Datetime.to_datetime(test.today).replace(hour=12)
            values["commitment_date"] = noon + timedelta(days=self.random.choice([10, 60]))
        lines = [Command.create(self.line(company)) for _number in range(self.random.randint(1, 3))]
        order = test.make_order(self.partner(), lines=lines, company_id=company.id, **values)
        order.with_company(company).action_confirm()
        self.orders |= order

    def line(self, company):
        article = self.random.choice([self.test.article, self.test.delivered_article])
        values = {"discount": self.random.choice([0, 0, 10, 33]), "tax_ids": [Command.set(self.taxes(company).ids)]}
        if self.happens(0.2):
            values["product_uom_id"] = self.test.uom_dozen.id
        return self.test.line_values(self.price(company), self.quantity(), article, **values)

    def taxes(self, company):
        return self.random.choice([self.env["account.tax"], *self.test.taxes.get(company, ())])

    def pick_line(self):
        return self.pick(self.pick(self.confirmed()).order_line.filtered(lambda line: not line.is_downpayment))

    def change(self):
        line = self.pick_line()
        line.write(
            self.random.choice(
                [
                    {"product_uom_qty": self.quantity()},
                    {"price_unit": self.price(line.company_id)},
                    {"discount": 25},
                    {"product_uom_qty": 0},
                ]
            )
        )

    def deliver(self):
        line = self.pick_line()
        line.qty_delivered = line.product_uom_qty * self.random.choice([0, 0.5, 1, 1, 1.2])

    def add_line(self):
        order = self.pick(self.confirmed())
        values = {**self.line(order.company_id), "product_id": self.test.delivered_article.id}
        values.update(product_uom_qty=0, qty_delivered=self.quantity(), order_id=order.id)
        self.env["sale.order.line"].create(values)

    def cancel_order(self):
        self.pick(self.confirmed())._action_cancel()

    def reopen_order(self):
        order = self.pick(self.orders - self.confirmed())
        if order.state == "cancel":
            order.action_draft()
        elif order.state == "draft" and self.happens(0.5):
            order.action_quotation_sent()
        else:
            order.with_company(order.company_id).action_confirm()

    # -- invoices ---------------------------------------------------------------------------------

    def keep(self, invoice):
        invoice.invoice_date = self.test.today
        self.invoices |= invoice
        if self.happens(0.5):
            invoice.with_company(invoice.company_id).action_post()

    def bill(self):
        order = self.pick(self.confirmed())
        self.keep(order.with_company(order.company_id)._create_invoices(final=self.happens(0.7)))

    def down_payment(self):
        order = self.pick(self.confirmed())
        how = self.random.choice(
            [
                {"advance_payment_method": "percentage", "amount": self.random.choice([10, 30, 50])},
                {"advance_payment_method": "fixed", "fixed_amount": self.price(order.company_id)},
            ]
        )
        wizards = self.env["sale.advance.payment.inv"].with_company(order.company_id)
        before = order.invoice_ids
        wizards.with_context(active_model="sale.order", active_ids=order.ids).create(how).create_invoices()
        self.keep(order.invoice_ids - before)

    def edit_draft(self):
        draft = self.pick(self.drafts())
        line = self.pick(draft.invoice_line_ids.filtered(lambda line: line.display_type == "product"))
        line.write(self.random.choice([{"quantity": self.quantity()}, {"price_unit": self.price(draft.company_id)}]))

    def readdress(self):
        """Make a draft somebody else's: what it billed of an order is open again."""
        draft = self.pick(self.drafts().filtered(lambda move: move.move_type == "out_invoice"))
        draft.partner_id = self.partner()

    def post(self):
        draft = self.pick(self.drafts())
        draft.with_company(draft.company_id).action_post()

    def cancel_draft(self):
        self.pick(self.drafts()).button_cancel()

    def reset_invoice(self):
        self.pick(self.invoices.filtered(lambda move: move.state in ("posted", "cancel"))).button_draft()

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

    def loose_invoice(self):
        test = self.test
        currency = self.random.choice([None, None, *test.currencies])
        values = {"currency_id": currency.id} if currency else {}
        if self.happens(0.3):
            values.update(invoice_payment_term_id=test.instalments.id, invoice_date_due=False)
        kind = self.random.choice(["out_invoice"] * 4 + ["out_receipt", "out_refund"])
        days = self.random.choice([None, 0, 1, 10, 40, 90])
        price, is_posted = self.price(currency and test.company), self.happens(0.7)
        self.invoices |= test.make_invoice(self.partner(), price, days, is_posted, kind, **values)

    # -- payments ---------------------------------------------------------------------------------

    def pay(self):
        invoice = self.pick(self.posted("out_invoice", "out_receipt", "out_refund").filtered("amount_residual"))
        wizard = (
            self.env["account.payment.register"]
            .with_company(invoice.company_id)
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"payment_date": self.test.today})
        )
        share = self.random.choice([1, 1, 0.3])
        wizard.amount = wizard.currency_id.round(wizard.amount * share) or wizard.amount
        if invoice.company_id == self.test.company and wizard.payment_type == "inbound" and self.happens(0.2):
            wizard.payment_method_line_id = self.test.bill_method
        self.payments |= wizard._create_payments()

    def receive(self):
        self.payments |= self.test.receive(self.partner(), self.price())

    def receive_without_entry(self):
        """Register a payment as an accounting app does: no entry before the bank confirms it."""
        method = self.test.method_without_entry
        with patch.object(type(self.env["account.move"]), "_get_invoice_in_payment_state", lambda _self: "in_payment"):
            self.payments |= self.test.receive(self.partner(), self.price(), payment_method_line_id=method.id)

    def unreconcile(self):
        self.pick(self.posted()).line_ids.remove_move_reconcile()

    def allocate(self):
        """Match a payment or a credit note with an invoice."""
        lines = (self.booked().move_id + self.posted("out_invoice", "out_refund")).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and line.amount_residual
        )
        credit = self.pick(lines.filtered(lambda line: line.amount_residual < 0))
        debit = self.pick(
            lines.filtered(
                lambda line: (
                    line.amount_residual > 0
                    and line.company_id == credit.company_id
                    and line.partner_id.commercial_partner_id == credit.partner_id.commercial_partner_id
                )
            )
        )
        (debit + credit).reconcile()

    def reach_the_bank(self):
        """Match the outstanding side of a payment with a line of the bank's statement."""
        payment = self.pick(self.booked().filtered(lambda payment: payment.state == "in_process"))
        outstanding, _counterpart, _writeoff = payment._seek_for_lines()
        statement_line = (
            self.env["account.bank.statement.line"]
            .with_company(payment.company_id)
            .create(
                {
                    "payment_ref": "Bank",
                    "journal_id": payment.journal_id.id,
                    "date": self.test.today,
                    "amount": outstanding.balance,
                }
            )
        )
        _liquidity, suspense, _other = statement_line._seek_for_lines()
        suspense.with_context(skip_account_move_synchronization=True).account_id = outstanding.account_id
        (suspense + outstanding).reconcile()

    def reject(self):
        waiting = self.payments.filtered(lambda payment: payment.state == "in_process")
        self.pick(waiting & self.booked() or waiting).action_reject()

    def bounce(self):
        """Reverse the entry of a payment; its match with the invoice is undone, or forgotten."""
        entry = self.pick(self.booked()).move_id
        if "posted" in entry.reversal_move_ids.mapped("state"):
            raise NotNowError
        is_undone = self.happens(0.3)
        reversal = entry.with_company(entry.company_id)._reverse_moves([{"date": self.test.today}], cancel=is_undone)
        if not is_undone:
            reversal.action_post()

    def reset_payment(self):
        self.pick(self.payments.filtered(lambda payment: payment.state in ("in_process", "paid"))).action_draft()

    def cancel_payment(self):
        payment = self.pick(self.payments)
        payment.action_draft()
        payment.action_cancel()

    # -- what is said -----------------------------------------------------------------------------

    def dispute(self):
        """Contest an invoice: all of it where it has instalments, for how a part is shared out is no rule."""
        invoice = self.pick(self.posted() - self.disputes.filtered(lambda dispute: dispute.state == "open").move_id)
        dues = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        share = 1 if len(dues) > 1 else self.random.choice([1, 0.4])
        amount = invoice.currency_id.round(invoice.amount_total * share)
        self.disputes |= self.disputes.create({"move_id": invoice.id, "amount": amount, "reason": "Broken"})

    def settle(self):
        self.pick(self.disputes.filtered(lambda dispute: dispute.state == "open")).action_settle()

    def promise(self):
        """Note a promise, the customer's only one: how money is shared among several is tested elsewhere."""
        customer = self.pick(self.customers - self.promises.partner_id)
        self.promises |= self.promises.create(
            {
                "profile_id": self.test.profile_of(customer).id,
                "amount": self.price(),
                "date_noted": self.test.today,
                "date_promised": self.test.today + timedelta(days=7),
            }
        )
