"""The worked examples of domain.md §2: what a customer owes, and where the figure stands."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestExposureOfOrders(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()

    def test_a_quotation_weighs_nothing(self):
        self.make_order(self.customer, 1000)
        self.assertExposure(self.customer, 0.0)

    def test_a_confirmed_order_counts_with_tax(self):
        tax = self.percent_tax(15.0)
        self.make_confirmed(self.customer, lines=[self.line(100, 10, tax_ids=[Command.set(tax.ids)])])
        self.assertExposure(self.customer, 1150.0, orders=1150.0)

    def test_a_down_payment_takes_its_amount_off_the_order(self):
        order = self.make_confirmed(self.customer, 1000)
        down_payment = self.bill_down_payment(order, 500)
        self.assertExposure(self.customer, 1000.0, not_due=500.0, orders=500.0)
        self.pay(down_payment)
        self.assertExposure(self.customer, 500.0, orders=500.0)
        rest = self.bill(order)
        self.assertEqual(rest.amount_total, 500.0)
        self.assertExposure(self.customer, 500.0, not_due=500.0)
        self.pay(rest)
        self.assertExposure(self.customer, 0.0)

    def test_a_down_payment_in_a_draft_moves_the_amount_to_the_drafts(self):
        order = self.make_confirmed(self.customer, 1000)
        draft = self.bill_down_payment(order, 500, post=False)
        self.assertExposure(self.customer, 1000.0, order_drafts=500.0, orders=500.0)
        draft.unlink()
        self.assertExposure(self.customer, 1000.0, orders=1000.0)

    def test_a_down_payment_with_tax_takes_its_amount_with_tax_off_the_order(self):
        tax = self.percent_tax(10.0)
        order = self.make_confirmed(self.customer, lines=[self.line(1000, tax_ids=[Command.set(tax.ids)])])
        self.bill_down_payment(order, 550)
        self.assertExposure(self.customer, 1100.0, not_due=550.0, orders=550.0)

    def test_a_refunded_down_payment_comes_back_to_the_order(self):
        order = self.make_confirmed(self.customer, 1000)
        down_payment = self.bill_down_payment(order, 500)
        self._reverse_invoice(down_payment, post=True)
        self.assertExposure(self.customer, 1000.0, orders=1000.0)

    def test_the_delivery_policy_counts_what_is_ordered_too(self):
        order = self.make_confirmed(self.customer, 100, 10, self.delivered_article)
        self.assertExposure(self.customer, 1000.0, orders=1000.0)
        self.deliver(order.order_line, 4)
        self.assertExposure(self.customer, 1000.0, delivered=400.0, orders=600.0)
        self.bill(order)
        self.assertExposure(self.customer, 1000.0, not_due=400.0, orders=600.0)

    def test_over_delivery_counts_as_delivered(self):
        order = self.make_confirmed(self.customer, 100, 10, self.delivered_article)
        self.deliver(order.order_line, 12)
        self.assertExposure(self.customer, 1200.0, delivered=1200.0)
        self.bill(order)
        self.assertExposure(self.customer, 1200.0, not_due=1200.0)

    def test_a_cancelled_remainder_no_longer_counts(self):
        order = self.make_confirmed(self.customer, 100, 10, self.delivered_article)
        self.deliver(order.order_line, 4)
        self.bill(order)
        order.order_line.product_uom_qty = 4
        self.assertExposure(self.customer, 400.0, not_due=400.0)

    def test_a_line_added_by_a_delivery_counts_though_nothing_was_ordered(self):
        order = self.make_confirmed(self.customer, 100, 1, self.delivered_article)
        self.env["sale.order.line"].create(
            {"order_id": order.id, **self.line_values(50, 0, self.delivered_article, qty_delivered=3)}
        )
        self.assertExposure(self.customer, 250.0, delivered=150.0, orders=100.0)

    def test_a_line_added_by_a_delivery_counts_with_its_tax_and_discount(self):
        tax = self.percent_tax(10.0)
        order = self.make_confirmed(self.customer, 100, 1, self.delivered_article)
        extra = self.line_values(50, 0, self.delivered_article, qty_delivered=2, discount=20)
        self.env["sale.order.line"].create({"order_id": order.id, **extra, "tax_ids": [Command.set(tax.ids)]})
        self.assertExposure(self.customer, 188.0, delivered=88.0, orders=100.0)

    def test_a_discount_line_lowers_the_order(self):
        self.make_confirmed(self.customer, lines=[self.line(1000), self.line(-100)])
        self.assertExposure(self.customer, 900.0, orders=900.0)

    def test_a_returned_line_of_negative_quantity_lowers_the_order(self):
        self.make_confirmed(self.customer, lines=[self.line(100, 10), self.line(100, -2)])
        self.assertExposure(self.customer, 800.0, orders=800.0)

    def test_an_invoice_in_another_unit_covers_the_order(self):
        order = self.make_confirmed(self.customer, 10, 24, self.article)
        draft = self.bill(order, post=False)
        draft.invoice_line_ids.write({"product_uom_id": self.uom_dozen.id, "quantity": 1, "price_unit": 120})
        self.assertExposure(self.customer, 240.0, order_drafts=120.0, orders=120.0)
        draft.action_post()
        self.assertExposure(self.customer, 240.0, not_due=120.0, orders=120.0)

    def test_an_order_in_dozens_counts_its_price_per_dozen(self):
        line = self.line(120, 2, product_uom_id=self.uom_dozen.id)
        order = self.make_confirmed(self.customer, lines=[line])
        self.assertExposure(self.customer, 240.0, orders=240.0)
        self.bill(order)
        self.assertExposure(self.customer, 240.0, not_due=240.0)

    def test_a_cancelled_order_weighs_nothing(self):
        order = self.make_confirmed(self.customer, 1000)
        order._action_cancel()
        self.assertExposure(self.customer, 0.0)

    def test_partial_invoices_add_up_with_what_is_left(self):
        order = self.make_confirmed(self.customer, 100, 10)
        draft = self.bill(order, post=False)
        draft.invoice_line_ids.quantity = 3
        self.assertExposure(self.customer, 1000.0, order_drafts=300.0, orders=700.0)
        draft.action_post()
        self.assertExposure(self.customer, 1000.0, not_due=300.0, orders=700.0)

    def test_what_a_draft_adds_to_the_order_counts(self):
        order = self.make_confirmed(self.customer, 100, 10)
        draft = self.bill(order, post=False)
        draft.write({"invoice_line_ids": [Command.create({"name": "Freight", "price_unit": 50, "tax_ids": False})]})
        self.assertExposure(self.customer, 1050.0, order_drafts=1000.0, drafts=50.0)

    def test_a_draft_invoice_moves_the_amount_and_keeps_the_sum(self):
        order = self.make_confirmed(self.customer, 1000)
        draft = self.bill(order, post=False)
        self.assertExposure(self.customer, 1000.0, order_drafts=1000.0)
        draft.button_cancel()
        self.assertExposure(self.customer, 1000.0, orders=1000.0)

    def test_orders_beyond_the_horizon_come_in_as_time_passes(self):
        self.company.credit_days_horizon = 30
        noon = datetime.combine(self.today, datetime.min.time()) + timedelta(hours=12)
        self.make_confirmed(self.customer, 100, commitment_date=noon + timedelta(days=30))
        self.make_confirmed(self.customer, 70, commitment_date=noon + timedelta(days=31))
        self.assertExposure(self.customer, 100.0, orders=100.0, orders_later=70.0)
        with freeze_time(noon + timedelta(days=1)):
            self.assertExposure(self.customer, 170.0, orders=170.0)


@tagged("post_install", "-at_install")
class TestExposureOfItems(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()

    def test_an_invoice_is_not_due_on_its_due_date_and_overdue_the_day_after(self):
        self.make_invoice(self.customer, 100, days_overdue=0)
        self.make_invoice(self.customer, 30, days_overdue=1)
        self.assertExposure(self.customer, 130.0, not_due=100.0, overdue=30.0)
        self.assertEqual(self.figures(self.customer)["days_overdue_max"], 1)

    def test_each_instalment_stands_where_its_own_date_puts_it(self):
        terms = self.env["account.payment.term"].create(
            {
                "name": "30 % now, rest in 60 days",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 30, "nb_days": 0}),
                    Command.create({"value": "percent", "value_amount": 70, "nb_days": 60}),
                ],
            }
        )
        self.make_invoice(self.customer, 1000, 10, invoice_payment_term_id=terms.id, invoice_date_due=False)
        self.assertExposure(self.customer, 1000.0, not_due=700.0, overdue=300.0)

    def test_a_payment_frees_and_its_undoing_brings_back(self):
        invoice = self.make_invoice(self.customer, 1000)
        self.pay(invoice, 400)
        self.assertExposure(self.customer, 600.0, not_due=600.0, in_process=400.0)
        invoice.line_ids.remove_move_reconcile()
        self.assertExposure(self.customer, 600.0, not_due=1000.0, unallocated=-400.0, in_process=400.0)

    def test_an_unallocated_payment_nets_what_is_overdue(self):
        self.make_invoice(self.customer, 1000, days_overdue=20)
        self.receive(self.customer, 1000)
        figures = self.figures(self.customer)
        self.assertExposure(self.customer, 0.0, overdue=1000.0, unallocated=-1000.0, in_process=1000.0)
        self.assertEqual((figures["amount_overdue"], figures["days_overdue_max"]), (0.0, 0))

    def test_credits_net_the_oldest_items_first(self):
        self.make_invoice(self.customer, 100, days_overdue=90)
        self.make_invoice(self.customer, 100, days_overdue=10)
        self.make_refund(self.customer, 130)
        figures = self.figures(self.customer)
        self.assertEqual((figures["amount_overdue"], figures["days_overdue_max"]), (70.0, 10))
        self.assertEqual(figures["amount_overdue_gross"], 200.0)

    def test_credits_left_over_do_not_make_overdue_negative(self):
        self.make_invoice(self.customer, 100, days_overdue=90)
        self.make_refund(self.customer, 130)
        self.assertEqual(self.figures(self.customer)["amount_overdue"], 0.0)
        self.assertExposure(self.customer, -30.0)

    def test_a_draft_credit_note_never_frees_credit(self):
        invoice = self.make_invoice(self.customer, 1000)
        self._reverse_invoice(invoice)
        self.make_refund(self.customer, 300, post=False)
        self.assertExposure(self.customer, 1000.0, not_due=1000.0)

    def test_a_draft_credit_note_of_an_order_does_not_open_the_order_again(self):
        order = self.make_confirmed(self.customer, 1000)
        invoice = self.bill(order)
        self._reverse_invoice(invoice)
        self.assertExposure(self.customer, 1000.0, not_due=1000.0)

    def test_a_posted_credit_note_of_an_order_leaves_the_order_to_be_invoiced(self):
        order = self.make_confirmed(self.customer, 1000)
        invoice = self.bill(order)
        self._reverse_invoice(invoice, post=True)
        self.assertExposure(self.customer, 1000.0, orders=1000.0)

    def test_a_draft_invoice_without_an_order_counts(self):
        self.make_invoice(self.customer, 250, post=False)
        self.assertExposure(self.customer, 250.0, drafts=250.0)

    def test_a_cancelled_invoice_does_not_count(self):
        invoice = self.make_invoice(self.customer, 250)
        invoice.button_draft()
        invoice.button_cancel()
        self.assertExposure(self.customer, 0.0)

    def test_a_manual_entry_on_a_contact_counts_for_the_customer(self):
        contact = self.env["res.partner"].create({"name": "Contact", "parent_id": self.customer.id})
        receivable = self.company_data["default_account_receivable"]
        revenue = self.company_data["default_account_revenue"]
        entry = self.env["account.move"].create(
            {
                "date": self.today,
                "line_ids": [
                    Command.create({"account_id": receivable.id, "partner_id": contact.id, "debit": 77}),
                    Command.create({"account_id": revenue.id, "credit": 77}),
                ],
            }
        )
        entry.action_post()
        self.assertExposure(self.customer, 77.0)

    def test_the_customer_is_the_commercial_entity_of_the_invoiced_partner(self):
        contact = self.env["res.partner"].create({"name": "Invoices", "type": "invoice", "parent_id": self.customer.id})
        other = self.make_customer(name="Other")
        self.make_confirmed(other, 100, partner_invoice_id=contact.id)
        self.make_confirmed(contact, 10)
        self.make_invoice(contact, 1)
        self.assertExposure(self.customer, 111.0)
        self.assertExposure(other, 0.0)

    def test_a_disputed_part_stays_in_the_exposure_and_is_not_overdue(self):
        invoice = self.make_invoice(self.customer, 1000, days_overdue=40)
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 300, "reason": "Broken goods"})
        self.assertExposure(self.customer, 1000.0, overdue=700.0, disputed=300.0)
        self.assertEqual(self.figures(self.customer)["amount_overdue"], 700.0)

    def test_a_dispute_is_never_larger_than_what_is_open(self):
        invoice = self.make_invoice(self.customer, 1000, days_overdue=40)
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 300, "reason": "Broken goods"})
        self.pay(invoice, 800)
        self.assertExposure(self.customer, 200.0, disputed=200.0, in_process=800.0)
        self.assertEqual(self.figures(self.customer)["amount_overdue"], 0.0)

    def test_a_settled_dispute_is_overdue_again(self):
        invoice = self.make_invoice(self.customer, 1000, days_overdue=40)
        dispute = self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 300, "reason": "Broken"})
        dispute.action_settle()
        self.assertExposure(self.customer, 1000.0, overdue=1000.0)

    def test_a_disputed_invoice_in_foreign_currency_is_split_in_both_currencies(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        invoice = self.make_invoice(self.customer, 1000, 40, currency_id=currency.id)
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 250, "reason": "Broken"})
        self.assertExposure(self.customer, 500.0, overdue=375.0, disputed=125.0)

    def test_a_bill_counts_until_its_risk_ends(self):
        method = self.inbound_payment_method_line
        method.credit_days_risk = 10
        invoice = self.make_invoice(self.customer, 1000)
        self.pay(invoice, payment_method_line_id=method.id)
        self.assertExposure(self.customer, 1000.0, bills=1000.0)
        with freeze_time(self.today + timedelta(days=10)):
            self.assertExposure(self.customer, 1000.0, bills=1000.0)
        with freeze_time(self.today + timedelta(days=11)):
            self.assertExposure(self.customer, 0.0)

    def test_payments_in_process_count_only_where_the_company_says_so(self):
        invoice = self.make_invoice(self.customer, 1000)
        self.pay(invoice)
        self.assertExposure(self.customer, 0.0, in_process=1000.0)
        self.company.credit_count_in_process = True
        self.assertExposure(self.customer, 1000.0, in_process=1000.0)

    def test_a_payment_matched_at_the_bank_is_no_longer_in_process(self):
        self.company.credit_count_in_process = True
        invoice = self.make_invoice(self.customer, 1000)
        self.pay_with_statement_line(invoice, self.company_data["default_journal_bank"].id, self.today, 1000)
        self.assertExposure(self.customer, 0.0)

    def test_a_rejected_payment_brings_the_invoice_back(self):
        invoice = self.make_invoice(self.customer, 1000)
        payment = self.pay(invoice)
        payment.action_draft()
        payment.action_cancel()
        self.assertExposure(self.customer, 1000.0, not_due=1000.0)

    def test_each_switch_leaves_its_component_out_of_the_sum_only(self):
        self.make_invoice(self.customer, 1000)
        self.make_invoice(self.customer, 200, post=False)
        self.make_confirmed(self.customer, 40)
        self.make_refund(self.customer, 8)
        self.assertExposure(self.customer, 1232.0)
        self.company.credit_count_drafts = False
        self.assertExposure(self.customer, 1032.0, not_due=1000.0, drafts=200.0, orders=40.0, unallocated=-8.0)
        self.company.credit_count_orders = False
        self.assertExposure(self.customer, 992.0)
        self.company.credit_count_unallocated = False
        self.assertExposure(self.customer, 1000.0)


@tagged("post_install", "-at_install")
class TestExposureAcrossCurrenciesAndCompanies(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.taler = cls.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])  # 1 USD = 2
        cls.customer = cls.make_customer()
        cls.pricelist = cls.make_pricelist(cls.taler)

    def test_a_thousand_taler_invoiced_are_five_hundred_dollars(self):
        self.make_invoice(self.customer, 1000, currency_id=self.taler.id)
        self.assertExposure(self.customer, 500.0, not_due=500.0)

    def test_a_thousand_taler_ordered_are_five_hundred_dollars_through_the_whole_life(self):
        order = self.make_confirmed(self.customer, 1000, pricelist_id=self.pricelist.id)
        self.assertEqual(order.currency_id, self.taler)
        self.assertExposure(self.customer, 500.0, orders=500.0)
        down_payment = self.bill_down_payment(order, 400)
        self.assertExposure(self.customer, 500.0, not_due=200.0, orders=300.0)
        self.pay(down_payment, currency_id=self.taler.id)
        draft = self.bill(order, post=False)
        self.assertExposure(self.customer, 300.0, order_drafts=300.0, in_process=200.0)
        draft.action_post()
        self.assertExposure(self.customer, 300.0, not_due=300.0, in_process=200.0)

    def test_a_draft_in_taler_counts_in_dollars(self):
        self.make_invoice(self.customer, 1000, post=False, currency_id=self.taler.id)
        self.assertExposure(self.customer, 500.0, drafts=500.0)

    def test_a_posted_invoice_keeps_the_rate_of_its_day(self):
        self.make_invoice(self.customer, 1000, currency_id=self.taler.id)
        self.env["res.currency.rate"].create(
            {"currency_id": self.taler.id, "name": self.today, "rate": 4.0, "company_id": self.company.id}
        )
        self.assertExposure(self.customer, 500.0)

    def test_companies_do_not_mix_and_ticked_companies_do_not_matter(self):
        other = self.setup_other_company(name="Other company")["company"]
        self.env.user.company_ids += other
        self.make_invoice(self.customer, 100)
        self.make_invoice(self.customer.with_company(other), 30, company_id=other.id)
        for companies in (self.company.ids, other.ids, (self.company + other).ids, (other + self.company).ids):
            env = self.env(context={"allowed_company_ids": companies})
            for company, amount in ((self.company, 100.0), (other, 30.0)):
                profile = env["credit.profile"].browse(self.profile_of(self.customer, company).id)
                profile.invalidate_recordset()
                self.assertEqual(profile.sudo().amount_exposure, amount)

    def test_every_user_sees_the_same_figure(self):
        self.make_invoice(self.customer, 100)
        self.make_confirmed(self.customer, 11)
        profile = self.profile_of(self.customer)
        for role in ("credit_user", "controller", "manager"):
            self.assertEqual(profile.with_user(self.make_user(role)).sudo(False).amount_exposure, 111.0)

    def test_a_figure_is_true_inside_the_transaction_that_changes_it(self):
        profile = self.profile_of(self.customer).sudo(False)
        order = self.make_confirmed(self.customer, 100)
        profile.invalidate_recordset()
        self.assertEqual(profile.amount_exposure, 100.0)
        order.order_line.price_unit = 70
        profile.invalidate_recordset()
        self.assertEqual(profile.amount_exposure, 70.0)

    def test_a_customer_under_another_parent_takes_its_documents_along(self):
        parent = self.make_customer(name="Parent")
        self.make_invoice(self.customer, 100)
        self.make_invoice(self.customer, 20, post=False)
        self.make_confirmed(self.customer, 3)
        self.customer.write({"is_company": False, "parent_id": parent.id})
        self.assertExposure(parent, 123.0)
        self.assertExposure(self.customer, 123.0)  # its profile is now the parent's

    def test_an_archived_customer_loses_nothing(self):
        self.make_invoice(self.customer, 100)
        self.customer.action_archive()
        self.assertExposure(self.customer, 100.0)

    def test_the_limit_in_taler_is_compared_in_dollars(self):
        profile = self.profile_of(self.customer)
        profile.write({"limit_type": "amount", "amount_limit": 1000, "limit_currency_id": self.taler.id})
        self.make_invoice(self.customer, 300)
        figures = self.figures(self.customer)
        self.assertEqual((figures["amount_limit_effective"], figures["amount_available"]), (500.0, 200.0))
        self.assertEqual(figures["percent_utilisation"], 60.0)


@tagged("post_install", "-at_install")
class TestDocumentsBehindTheExposure(CreditCommon):
    def test_every_figure_is_the_sum_of_the_documents_behind_it(self):
        customer = self.make_customer()
        self.make_invoice(customer, 1000, days_overdue=3)
        self.make_invoice(customer, 200, post=False)
        order = self.make_confirmed(customer, 100, 10, self.delivered_article)
        self.deliver(order.order_line, 4)
        self.receive(customer, 70)
        Exposure = self.env["credit.exposure"]
        self.env.flush_all()
        scope = Exposure._make_scope(customer.ids)
        rows = self.env.execute_query_dict(Exposure._get_documents_sql(scope))
        totals = {}
        for row in rows:
            totals[row["component"]] = totals.get(row["component"], 0) + float(row["amount"])
        self.assertEqual(totals, self.components(customer))
        self.assertEqual(
            totals,
            {"overdue": 1000.0, "drafts": 200.0, "delivered": 400.0, "orders": 600.0, "unallocated": -70.0,
             "in_process": 70.0},
        )  # fmt: skip

    def test_the_rows_say_which_document_they_are(self):
        customer = self.make_customer()
        order = self.make_confirmed(customer, 100)
        invoice = self.make_invoice(customer, 50)
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        rows = self.env.execute_query_dict(Exposure._get_documents_sql(Exposure._make_scope(customer.ids)))
        found = {(row["res_model"], row["res_id"]): float(row["amount"]) for row in rows}
        self.assertEqual(found, {("sale.order", order.id): 100.0, ("account.move", invoice.id): 50.0})

    def test_lists_search_and_sort_by_figures(self):
        small, large = (self.make_customer(100, name=name) for name in ("Small", "Large"))
        self.make_invoice(small, 100)
        self.make_invoice(large, 100.01)
        mine = [("partner_id", "in", (small + large).ids)]
        Profile = self.env["credit.profile"]
        self.assertEqual(Profile.search([*mine, ("amount_over_limit", ">", 0)]).partner_id, large)
        self.assertEqual(Profile.search([*mine, ("percent_utilisation", "<=", 100)]).partner_id, small)
        self.assertEqual(Profile.search(mine, order="amount_exposure desc").partner_id, large + small)
        grouped = Profile._read_group(mine, ["limit_state"], ["amount_exposure:sum"])
        self.assertEqual([(state, float(total)) for state, total in grouped], [("amount", 200.01)])
