"""Open sessions in the exposure: each amount once, from the sale to the payment."""

from odoo.tests import tagged

from .common import PosCommon


@tagged("post_install", "-at_install")
class TestExposure(PosCommon):
    def test_a_sale_counts_once_before_and_after_its_session_is_closed(self):
        customer = self.make_customer(1000)
        self.sell(customer, 400)
        self.assertExposure(customer, 400, pos=400)
        self.close()
        self.assertEqual(self.exposure(customer), 400)
        self.assertNotIn("pos", self.components(customer))

    def test_an_invoiced_sale_counts_as_its_invoice_only(self):
        customer = self.make_customer(1000)
        self.sell(customer, 400, to_invoice=True)
        self.assertExposure(customer, 400, not_due=400)
        self.close()
        self.assertEqual(self.exposure(customer), 400)

    def test_an_invoice_made_after_the_session_was_closed_does_not_count_twice(self):
        customer = self.make_customer(1000)
        order = self.sell(customer, 400)
        self.close()
        order.action_pos_order_invoice()
        self.env.invalidate_all()
        self.assertEqual(order.account_move.state, "posted")
        self.assertEqual(self.exposure(customer), 400)

    def test_several_sales_invoiced_together_do_not_count_twice(self):
        customer = self.make_customer(1000)
        orders = self.sell(customer, 400) + self.sell(customer, 300)
        self.assertExposure(customer, 700, pos=700)
        self.env["pos.make.invoice"].with_context(active_ids=orders.ids).create(
            {"consolidated_billing": True}
        ).action_create_invoices()
        self.env.invalidate_all()
        self.assertEqual(len(orders.account_move), 1)
        self.assertExposure(customer, 700, not_due=700)

    def test_a_refund_on_account_lowers_the_exposure(self):
        customer = self.make_customer(1000)
        order = self.sell(customer, 400)
        self.refund(order, 150)
        self.assertExposure(customer, 250, pos=250)
        self.close()
        self.assertEqual(self.exposure(customer), 250)

    def test_a_refund_on_account_is_never_checked_and_frees_what_waits(self):
        customer = self.make_customer(500)
        order = self.sell(customer, 500)
        waiting = self.make_held(customer, 150)
        refund = self.refund(order, 150)
        self.commit()
        self.assertFalse(self.decisions(refund))
        self.assertConfirmed(waiting)

    def test_a_refund_in_cash_leaves_the_debt(self):
        customer = self.make_customer(1000)
        order = self.sell(customer, 400)
        self.refund(order, 150, [(self.cash, -150)])
        self.assertExposure(customer, 400, pos=400)

    def test_drafts_and_cash_do_not_count(self):
        customer = self.make_customer(1000)
        self.enter(customer, 400)
        self.sell(customer, 300, [(self.cash, 300)])
        self.assertExposure(customer, 0)

    def test_the_company_may_wait_for_the_closing_of_the_session(self):
        self.company.credit_count_pos = False
        customer = self.make_customer(1000)
        self.sell(customer, 400)
        self.assertEqual(self.exposure(customer), 0)
        self.assertEqual(self.components(customer), {"pos": 400})
        self.close()
        self.assertEqual(self.exposure(customer), 400)

    def test_the_sheet_opens_the_sale_and_adds_up(self):
        customer = self.make_customer(1000)
        order = self.sell(customer, 400)
        profile = self.profile_of(customer)
        lines = self.env["credit.exposure.line"].search([("profile_id", "=", profile.id)])
        self.assertEqual((lines.component, lines.amount, lines.amount_counted), ("pos", 400, 400))
        action = lines.action_open_document()
        self.assertEqual((action["res_model"], action["res_id"]), ("pos.order", order.id))

    def test_the_bar_shows_what_was_sold_at_the_counter(self):
        customer = self.make_customer(1000)
        self.sell(customer, 400)
        parts = self.profile_of(customer).exposure_bar["parts"]
        self.assertEqual([(part["name"], part["amount"]) for part in parts], [("amount_pos", 400)])

    def test_customers_can_be_searched_by_what_they_owe_the_counter(self):
        customer = self.make_customer(1000)
        self.sell(customer, 400)
        found = self.env["credit.profile"].search([("amount_pos", ">=", 400), ("partner_id", "=", customer.id)])
        self.assertEqual(found, self.profile_of(customer))

    def test_orders_are_held_for_what_was_sold_at_the_counter(self):
        customer = self.make_customer(1000)
        self.sell(customer, 700)
        self.make_held(customer, 301)

    def test_a_counter_in_another_currency_is_converted(self):
        other = self.setup_other_currency("GBP", rates=[("2016-01-01", 2.0)])  # 2 GBP are 1 of ours
        journal = self.env["account.journal"].create(
            {"name": "GBP", "type": "sale", "code": "PGBP", "currency_id": other.id, "company_id": self.company.id}
        )
        config = self.make_abroad(journal, other)
        session = self.open(config)
        customer = self.make_customer(100)
        order = self.sell(customer, 200, [(config.payment_method_ids, 200)], session=session)
        self.assertSold(order)
        self.assertEqual(self.decisions(order).amount, 100)
        self.assertExposure(customer, 100, pos=100)
        [line] = self.env["credit.exposure.line"].search([("profile_id", "=", self.profile_of(customer).id)])
        self.assertEqual((line.amount_currency, line.currency_id), (200, other))
        self.close(session)
        self.assertEqual(self.exposure(customer), 100)

    def make_abroad(self, journal, currency):
        pricelist = self.make_pricelist(currency)
        return self.make_config(
            "Abroad", journal_id=journal.id, use_pricelist=True, pricelist_id=pricelist.id,
            available_pricelist_ids=[(6, 0, pricelist.ids)], payment_method_ids=[(6, 0, self.account.copy().ids)],
        )

    def test_the_facts_of_many_customers_cost_no_more_statements_than_those_of_one(self):
        customers = [self.make_customer(1000, name=f"Customer {index}") for index in range(5)]
        for customer in customers:
            self.sell(customer, 100)
        profiles = self.env["credit.profile"].union(*[self.profile_of(customer) for customer in customers])
        profiles._get_facts(self.today, ())  # what is cached is cached
        with self.assertQueryCount(4):
            facts = profiles._get_facts(self.today, ())
        self.assertEqual([facts[profile.id].exposure for profile in profiles], [100] * 5)
