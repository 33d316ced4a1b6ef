"""An order that waits for its deposit, and every way in which money may come for it."""

from datetime import timedelta

from odoo import Command

from ..documents.test_received import ReceivedCommon


class DepositCommon(ReceivedCommon):
    """A deposit of 30 % of every order is asked for; its confirmation waits for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.method = cls.env.ref("payment.payment_method_unknown")
        cls.provider = cls.env["payment.provider"].sudo().create(
            {"name": "Dummy", "code": "none", "state": "test", "payment_method_ids": [Command.set(cls.method.ids)]}
        )
        cls.method.active = True
        cls.taxes = {
            kind: cls.env["account.tax"].create(
                {"name": f"20 % {kind}", "amount": 20, "price_include_override": f"tax_{kind}", "type_tax_use": "sale"}
            )
            for kind in ("excluded", "included")
        }
        two_to_one = [("2017-01-01", 2.0), (str(cls.today), 2.5)]
        cls.currencies = {
            "YEN": cls._make_currency("YEN", 1.0, [("2017-01-01", 100.0)]),
            "DIN": cls._make_currency("DIN", 0.001, [("2017-01-01", 0.5)]),
            "PND": cls._make_currency("PND", 0.01, [("2017-01-01", 2.0)]),
            "OLD": cls._make_currency("OLD", 0.01, two_to_one),
        }

    @classmethod
    def _make_currency(cls, name, rounding, rates):
        return cls.env["res.currency"].create({
            "name": name, "symbol": name, "rounding": rounding,
            "rate_ids": [
                Command.create({"name": day, "rate": rate, "company_id": cls.company.id}) for day, rate in rates
            ],
        })

    def ask_for(self, **values):
        """Let the policy ask for one deposit and no other."""
        self.policy.write({"percent_deposit": values.pop("every", 0), "deposit_rule_ids": [Command.clear()]})
        if values:
            self.policy.deposit_rule_ids = [Command.create(values)]

    def deposit_of(self, order):
        """Return what is asked of the order now, as figures: required, received, missing, excess."""
        self.env.flush_all()
        self.env.invalidate_all()
        deposit = order._credit_find_asked()[order].deposit
        return deposit.required, round(deposit.received, 3), deposit.missing, deposit.excess

    def make_for(self, customer, price, product="order", tax=None, currency=None, quantity=1.0):
        """Return a quotation of one line."""
        article = self.article if product == "order" else self.delivered_article
        values = {"tax_ids": [Command.set(self.taxes[tax].ids)]} if tax else {}
        pricelist = {"pricelist_id": self.make_pricelist(self.currencies[currency]).id} if currency else {}
        line = self.line(price, quantity, article, **values)
        return self.make_order(customer, lines=[line], user_id=self.salesperson.id, **pricelist)

    # -- ways of paying, as the table calls them: each of an order and an amount -------------------

    def do_confirm(self, order):
        order.with_user(self.salesperson).with_context(credit_interactive=True).action_confirm()

    def do_online(self, order, amount, state="done"):
        self.env["payment.transaction"].sudo().create({
            "provider_id": self.provider.id, "payment_method_id": self.method.id, "amount": amount, "state": state,
            "currency_id": order.currency_id.id, "partner_id": order.partner_id.id, "operation": "online_redirect",
            "reference": f"{order.name}-{amount}-{state}", "sale_order_ids": [Command.set(order.ids)],
        })
        self.env["credit.recheck"]._queue(order.partner_invoice_id)

    def do_wire(self, order, amount, own=True, memo=None, days=0):
        """Book a payment on account that names the order, in its currency."""
        currency = {"currency_id": order.currency_id.id} if own else {}
        memo = order.name if memo is None else memo
        return self.receive(order.partner_id, amount, memo=memo, date=self.today - timedelta(days=days), **currency)

    def do_unnamed(self, order, amount):
        return self.do_wire(order, amount, memo="thank you")

    def do_bill(self, order, amount):
        """Receive a draft that is honoured in thirty days."""
        method = self.inbound_payment_method_line.copy({"name": "Draft", "credit_days_risk": 30})
        return self.receive(order.partner_id, amount, memo=order.name, payment_method_line_id=method.id)

    def do_statement(self, order, amount):
        """Match an imported line of a bank statement with the account of the customer."""
        line = self.env["account.bank.statement.line"].create({
            "journal_id": self.company_data["default_journal_bank"].id, "date": self.today, "amount": amount,
            "payment_ref": f"deposit {order.name}", "partner_id": order.partner_id.id,
        })
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = order.partner_id.property_account_receivable_id

    def do_owe(self, order, amount, days=10):
        """Let the customer be late with something else."""
        invoice = self.make_invoice(order.partner_id, amount, days_overdue=days, post=False)
        invoice._credit_note_pass("invoice")
        invoice.action_post()

    def do_dp(self, order, amount):
        self.down_payment = self.bill_down_payment(order, amount)

    def do_dp_paid(self, _order, amount=None):
        self.payment = self.pay(self.down_payment, amount)

    def do_dp_refunded(self, order, amount):
        """Credit a part of the down payment, and pay it back."""
        refund = self.down_payment._reverse_moves([{"invoice_date": self.today}])
        refund.invoice_line_ids.filtered(lambda line: line.display_type == "product").price_unit = amount
        refund.action_post()
        self.pay(refund)
        self.env["credit.recheck"]._queue(order.partner_invoice_id)

    def do_dp_credited(self, order):
        """Credit the whole down payment, matched with it."""
        refund = self.down_payment._reverse_moves([{"invoice_date": self.today}], cancel=True)
        self.assertEqual(refund.state, "posted")

    def do_dp_cancelled(self, _order):
        self.down_payment.button_draft()
        self.down_payment.button_cancel()

    def do_bounced(self, _order):
        self.payment.action_reject()

    def do_wire_bounced(self, order):
        payments = self.env["account.payment"].search([("partner_id", "=", order.partner_id.id)])
        payments.action_draft()
        payments.action_cancel()

    def do_deliver(self, order, quantity):
        order.order_line.filtered(lambda line: not line.is_downpayment).qty_delivered = quantity

    def do_bill_rest(self, order):
        invoice = order._create_invoices(final=True)
        invoice.invoice_date = self.today
        invoice._credit_note_pass("invoice")
        invoice.action_post()
        self.down_payment = invoice

    def do_cancel(self, order):
        order.action_cancel()
