"""Builders in the words of the domain: a customer with a limit, an order, an invoice, a payment."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.product.tests.common import ProductCommon
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.sql_db import BaseCursor
from odoo.tests import new_test_user
from odoo.tests.test_cursor import TestCursor

USER_GROUPS = {
    "sales": "sales_team.group_sale_salesman_all_leads",
    "biller": "account.group_account_invoice",
    "credit_user": "credit_management.group_credit_user",
    "controller": "credit_management.group_credit_controller",
    "manager": "credit_management.group_credit_manager",
}


class CreditCommon(AccountTestInvoicingCommon):
    """The main company with nothing set up; amounts have no taxes unless a test says so."""

    @classmethod
    def setup_independent_company(cls, **kwargs):
        """Stay in the main company: a chart of accounts of its own for each class takes seconds."""
        return

    @classmethod
    def setup_other_company(cls, **kwargs):
        """Give Odoo's method the category that the skipped fixture would have made."""
        cls.product_category = cls.env["product.category"].create({"name": "Goods"})
        return super().setup_other_company(**kwargs)

    @classmethod
    def setup_independent_user(cls):
        """Work as the administrator: one more user for each class takes a while, too."""
        admin = cls.env.ref("base.user_admin")
        admin.group_ids += cls.get_default_groups()
        return admin

    @classmethod
    def setUpClass(cls):
        # Odoo's own set-up makes products, taxes, partners and users that no test here looks at: seconds per class
        super(ProductCommon, cls).setUpClass()
        cls._set_up_accounting()
        cls._keep_from_drawing_documents()
        cls._keep_what_was_read_once()
        cls._let_the_clock_run()
        cls._leave_no_log()
        cls.env.user.group_ids += cls.env.ref("sales_team.group_sale_manager") + cls.env.ref(
            "credit_management.group_credit_manager"
        )
        cls.company = cls.env.company
        cls.env["credit.policy"].search([("state", "=", "on")]).action_deactivate()
        cls.today = cls.company._credit_today()
        cls.article = cls._make_article("Article", "order")
        cls.delivered_article = cls._make_article("Delivered article", "delivery")
        cls.reason = cls.env.ref("credit_management.reason_payment_promised")

    @classmethod
    def _keep_from_drawing_documents(cls):
        """Attach an empty PDF to messages: drawing Odoo's own documents takes half a second each."""
        reports = cls.env.registry["ir.actions.report"]
        cls.classPatch(reports, "_render_qweb_pdf", lambda *_args, **_kwargs: (b"%PDF-1.4", "pdf"))

    @classmethod
    def _keep_what_was_read_once(cls):
        """Clear after a test what a server clears after a rollback, the caches that were invalidated, and not all."""
        registry = cls.registry
        known = dict(registry.cache_sequences)

        def clear_what_changed():
            changed = {name for name, number in registry.cache_sequences.items() if number != known[name]}
            for name in changed | set(registry.cache_invalidated):
                registry.clear_cache(name)
            registry.cache_invalidated.clear()
            known.update(registry.cache_sequences)

        cls.classPatch(registry, "clear_all_caches", clear_what_changed)

    @classmethod
    def _let_the_clock_run(cls):
        """Ask the clock each time: a test's transaction lives for many days, a real one for a moment."""
        for cursor in (BaseCursor, TestCursor):
            cls.classPatch(cursor, "now", lambda _cursor: datetime.now())

    @classmethod
    def _leave_no_log(cls):
        """Leave nothing behind: a test's transaction is always undone, and the log keeps what was undone."""
        cls.classPatch(cls.registry["credit.log"], "_keep", lambda *_args: None)

    @classmethod
    def _set_up_accounting(cls):
        company = cls.env.company
        bank = cls.env["account.journal"].search(
            [*cls.env["account.journal"]._check_company_domain(company), ("type", "=", "bank")], limit=1
        )
        chart = cls.env["account.chart.template"]
        cls.company_data = {
            "default_journal_bank": bank,
            "default_account_receivable": chart.ref("receivable"),
            "default_account_revenue": chart.ref("income"),
            "default_tax_sale": company.account_sale_tax_id,
            "default_tax_purchase": company.account_purchase_tax_id,
        }
        cls.tax_number = 0
        cls.inbound_payment_method_line = bank.inbound_payment_method_line_ids[0]
        cls.inbound_payment_method_line.payment_account_id = chart.ref("account_journal_payment_debit_account_id")
        cls.outbound_payment_method_line = bank.outbound_payment_method_line_ids[0]
        cls.outbound_payment_method_line.payment_account_id = chart.ref("account_journal_payment_credit_account_id")

    # -- who ---------------------------------------------------------------------------------------

    @classmethod
    def make_user(cls, *roles, login=None, **values):
        """Create a user of the company with roles of `USER_GROUPS`."""
        groups = ",".join(["base.group_user", "base.group_partner_manager", *(USER_GROUPS[role] for role in roles)])
        values.setdefault("company_id", cls.company.id)
        values.setdefault("company_ids", [Command.set([values["company_id"]])])
        return new_test_user(cls.env, login or "-".join(roles), groups=groups, **values)

    @classmethod
    def make_customer(cls, limit=None, name="Customer", company=None, **values):
        """Create a customer; ``limit``: None (not set up), 'unlimited' or an amount."""
        partner = cls.env["res.partner"].create({"name": name, "is_company": True})
        cls.profile_of(partner, company).write({**cls._limit_values(limit), **values})
        return partner

    @classmethod
    def _limit_values(cls, limit):
        if limit in (None, "unlimited"):
            return {"limit_type": limit or "none"}
        return {"limit_type": "amount", "amount_limit": limit}

    @classmethod
    def profile_of(cls, partner, company=None):
        """Return the credit profile of a customer, with all rights."""
        return cls.env["credit.profile"].sudo()._ensure(partner, company or cls.company)

    def set_limit(self, partner, limit):
        self.profile_of(partner).write(self._limit_values(limit))

    # -- policy ------------------------------------------------------------------------------------

    @classmethod
    def make_policy(cls, *rules, is_on=True, **values):
        """Create a policy; a rule is a criterion or a dict of values. Holds everywhere it can."""
        policy = cls.env["credit.policy"].create(
            {
                "name": "Test policy",
                "company_id": cls.company.id,
                "rule_ids": [Command.create(cls._prepare_rule(rule)) for rule in rules or ["limit_exceeded"]],
                **values,
            }
        )
        if is_on:
            policy.action_activate()
        return policy

    @classmethod
    def _prepare_rule(cls, rule):
        values = {"criterion": rule} if isinstance(rule, str) else rule
        return {"effect_order": "hold", "effect_change": "hold", "effect_invoice": "hold", **values}

    # -- documents ---------------------------------------------------------------------------------

    @classmethod
    def _make_article(cls, name, policy, **values):
        return cls.env["product.product"].create(
            {
                "name": name, "type": "service", "invoice_policy": policy, "taxes_id": [Command.clear()],
                "list_price": 100.0, **values,
            }
        )

    @classmethod
    def line(cls, price, quantity=1.0, product=None, **values):
        """Return the command that adds an order line."""
        return Command.create(cls.line_values(price, quantity, product, **values))

    @classmethod
    def line_values(cls, price, quantity=1.0, product=None, **values):
        return {
            "product_id": (product or cls.article).id, "product_uom_qty": quantity, "price_unit": price,
            "tax_ids": [Command.clear()], **values,
        }

    @classmethod
    def make_order(cls, partner, price=None, quantity=1.0, product=None, lines=None, **values):
        """Create a quotation of one line, or of the lines given."""
        commands = lines if lines is not None else [cls.line(price, quantity, product)]
        return cls.env["sale.order"].create({"partner_id": partner.id, "order_line": commands, **values})

    @classmethod
    def make_confirmed(cls, *args, **kwargs):
        order = cls.make_order(*args, **kwargs)
        order.action_confirm()
        return order

    @classmethod
    def make_invoice(cls, partner, amount, days_overdue=None, post=True, move_type="out_invoice", **values):
        """Create an invoice of one line; due ``days_overdue`` days ago (negative: in the future)."""
        due = cls.today - timedelta(days=days_overdue if days_overdue is not None else -30)
        invoice = cls.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": min(due, cls.today),
                "invoice_date_due": due,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create({"name": "Line", "price_unit": amount, "tax_ids": [Command.clear()]})
                ],
                **values,
            }
        )
        if post:
            invoice.action_post()
        return invoice

    @classmethod
    def make_refund(cls, partner, amount, post=True, **values):
        return cls.make_invoice(partner, amount, 0, post=post, move_type="out_refund", **values)

    def bill(self, order, post=True):
        """Invoice what an order has to invoice; down payments are deducted."""
        invoice = order._create_invoices(final=True)
        invoice.invoice_date = self.today
        if post:
            invoice.action_post()
        return invoice

    def bill_down_payment(self, order, amount, post=True):
        invoice = self._create_down_payment_invoice(order, "fixed", amount)
        invoice.invoice_date = self.today
        if post:
            invoice.action_post()
        return invoice

    def pay(self, invoices, amount=None, **values):
        """Register a payment on invoices; the open amount unless one is given."""
        if amount is not None:
            values["amount"] = amount
        return self._register_payment(invoices, payment_date=self.today, **values)

    def receive(self, partner, amount, **values):
        """Book a payment that is matched with nothing."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound", "partner_type": "customer", "partner_id": partner.id, "amount": amount,
                "date": self.today, "journal_id": self.company_data["default_journal_bank"].id, **values,
            }
        )
        payment.action_post()
        return payment

    @classmethod
    def make_pricelist(cls, currency, company=None):
        return cls.env["product.pricelist"].create(
            {"name": currency.name, "currency_id": currency.id, "company_id": company.id if company else False}
        )

    def deliver(self, line, quantity):
        line.qty_delivered = quantity

    # -- figures -----------------------------------------------------------------------------------

    def figures(self, partner, company=None):
        """Return all figures of a customer as they are now."""
        profile = self.profile_of(partner, company)
        return profile._get_figures()[profile.id]

    def exposure(self, partner, company=None):
        return round(self.figures(partner, company)["amount_exposure"], 2)

    def components(self, partner, company=None):
        """Return what the exposure is made of: the components that are not zero."""
        figures = self.figures(partner, company)
        return {
            component: round(figures[name], 2)
            for name, component in self.profile_of(partner, company)._get_exposure_fields().items()
            if component != "exposure" and round(figures[name], 2)
        }

    def assertExposure(self, partner, amount, **components):  # noqa: N802
        """Check the exposure, and what it is made of when components are given."""
        self.assertEqual(self.exposure(partner), amount)
        if components:
            self.assertEqual(self.components(partner), components)

    def try_to(self, step):
        """Take a step that somebody may refuse; whether it changed something is looked at afterwards."""
        try:
            with self.env.cr.savepoint():
                step()
                self.env.flush_all()
        except (AccessError, RedirectWarning, UserError):
            self.env.invalidate_all()

    def get_signature(self, order):
        """Return the attachment with the signature of an order. Its record, not its content: databases
        that are cloned for tests side by side share the files, and one may clean up the other's."""
        return self.env["ir.attachment"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id), ("res_field", "=", "signature")]
        )

    # -- holds -------------------------------------------------------------------------------------

    def commit(self):
        """Do what happens before a commit: queued rechecks run."""
        self.env.cr.flush()
        self.env.invalidate_all()

    def run_cron(self, xmlid):
        """Let a job run as the server does."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"credit_management.{xmlid}").method_direct_trigger()
        self.env.invalidate_all()

    def on(self, day):
        """Let it be a day."""
        moment = patch.object(self.registry["res.company"], "_credit_today",
                              lambda _company: date.fromisoformat(day))
        self.addCleanup(moment.stop)
        moment.start()

    def confirm(self, orders, user=None):
        """Press Confirm at the screen: what does not pass is held."""
        orders = orders.with_user(user) if user else orders
        return orders.with_context(credit_interactive=True).action_confirm()

    def make_held(self, partner, price, user=None, **values):
        """Return an order that was put on hold at the screen."""
        order = self.make_order(partner, price, **values)
        self.confirm(order, user)
        self.assertHeld(order)
        return order

    def hold_of(self, document):
        return document.sudo().credit_hold_id

    def assertHeld(self, *documents):  # noqa: N802
        for document in documents:
            self.assertEqual(document.credit_hold_state, "held")
            self.assertEqual(self.hold_of(document).state, "open")
            self.assertIn(document.state, ("draft", "sent"))

    def assertConfirmed(self, *orders):  # noqa: N802
        for order in orders:
            self.assertEqual(order.state, "sale")
            self.assertNotEqual(order.credit_hold_state, "held")

    def release(self, document, user, **values):
        """Release a held document in the wizard."""
        wizard = (
            self.env["credit.hold.release"]
            .with_user(user)
            .create({"hold_ids": self.hold_of(document).ids, "reason_id": self.reason.id, **values})
        )
        return wizard.action_apply()
