"""Sale orders settled at the counter: the session is never broken, nothing is counted twice."""

from odoo.tests import tagged

from .common import SaleOrderCommon


@tagged("post_install", "-at_install")
class TestSaleOrders(SaleOrderCommon):
    # -- confirmed orders ------------------------------------------------------------------------------

    def test_a_confirmed_order_on_account_counts_once(self):
        order = self.make_confirmed(self.customer, 100, 10)
        self.assertExposure(self.customer, 1000, orders=1000)
        sale = self.settle(order)
        self.assertSold(sale)
        self.assertExposure(self.customer, 1000, pos=1000)
        self.close()
        self.assertEqual(self.exposure(self.customer), 1000)

    def test_a_part_of_a_confirmed_order_counts_once(self):
        order = self.make_confirmed(self.customer, 100, 10)
        self.assertSold(self.settle(order, 4))
        self.assertExposure(self.customer, 1000, orders=600, pos=400)

    def test_a_confirmed_order_paid_in_cash_is_no_longer_owed(self):
        order = self.make_confirmed(self.customer, 100, 10)
        self.assertSold(self.settle(order, payments=[(self.cash, 1000)]))
        self.assertExposure(self.customer, 0)

    def test_a_confirmed_order_partly_on_account_weighs_what_is_left(self):
        order = self.make_confirmed(self.customer, 100, 10)
        sale = self.settle(order, payments=[(self.cash, 600), (self.account, 400)])
        self.assertSold(sale)
        decision = self.decisions(sale)
        self.assertEqual((decision.amount_exposure_before, decision.amount_exposure_after), (0, 400))
        self.assertExposure(self.customer, 400, pos=400)

    def test_each_amount_counts_once_from_the_order_to_the_ledger(self):
        order = self.make_confirmed(self.customer, 100, 10)
        self.assertExposure(self.customer, 1000, orders=1000)
        sale = self.settle(order, payments=[(self.cash, 600), (self.account, 400)])
        self.assertExposure(self.customer, 400, pos=400)
        self.refund(sale, 150)
        self.assertExposure(self.customer, 250, pos=250)
        self.close()
        self.assertEqual(self.exposure(self.customer), 250)
        self.assertNotIn("pos", self.components(self.customer))

    def test_what_is_added_at_the_counter_is_new(self):
        order = self.make_confirmed(self.customer, 100, 10)
        line = order.order_line
        sold = self.sold(
            1000, 10, product_id=line.product_id.id, sale_order_origin_id=order.id, sale_order_line_id=line.id
        )
        self.assertSoldBeyond(self.sell(self.customer, 1001, lines=[sold, self.sold(1)]))

    def test_another_customer_at_the_counter_is_tested_on_its_own_credit(self):
        order = self.make_confirmed(self.customer, 100, 10)
        line = order.order_line
        sold = self.sold(
            1000, 10, product_id=line.product_id.id, sale_order_origin_id=order.id, sale_order_line_id=line.id
        )
        self.assertSoldBeyond(self.sell(self.make_customer(999), 1000, lines=[sold]))

    def test_the_invoice_partner_of_the_order_owes_its_invoice(self):
        payer = self.make_customer(100, name="Payer")
        order = self.make_order(self.customer, 150, partner_invoice_id=payer.id)
        sale = self.settle(order, to_invoice=True)
        self.assertSoldBeyond(sale)
        self.assertEqual(self.hold_of(sale).partner_id, payer)
        self.assertEqual(sale.account_move.partner_id, payer)

    # -- quotations ------------------------------------------------------------------------------------

    def test_a_quotation_paid_in_full_passes_whatever_the_limit(self):
        self.set_limit(self.customer, 0)
        for method in (self.cash, self.bank):
            order = self.make_order(self.customer, 100, 10)
            self.assertSold(self.settle(order, payments=[(method, 1000)]))
            self.assertConfirmed(order)
        self.assertExposure(self.customer, 0)

    def test_a_quotation_of_a_stopped_account_paid_in_full_passes(self):
        self.profile_of(self.customer).account_status = "stop"
        order = self.make_order(self.customer, 100, 10)
        self.assertSold(self.settle(order, payments=[(self.cash, 1000)]))
        self.assertConfirmed(order)

    def test_a_quotation_on_account_is_tested_as_a_sale_at_the_counter(self):
        self.set_limit(self.customer, 999)
        order = self.make_order(self.customer, 100, 10)
        sale = self.settle(order)
        self.assertSoldBeyond(sale)
        self.assertConfirmed(order)
        self.assertExposure(self.customer, 1000, pos=1000)

    def test_a_held_quotation_paid_at_the_counter_goes_on(self):
        order = self.make_held(self.customer, 1500)
        hold = self.hold_of(order)
        self.assertSold(self.settle(order, payments=[(self.cash, 1500)]))
        self.assertConfirmed(order)
        self.assertEqual(hold.state, "cured")

    def test_a_quotation_that_a_rule_refuses_breaks_no_session(self):
        self.policy.rule_ids.write({"effect_order": "refuse", "effect_pos": "refuse"})
        order = self.make_order(self.customer, 500, 4)
        sale = self.settle(order, 1, [(self.cash, 500)])
        self.assertSold(sale)
        self.assertHeld(order)
        self.assertEqual(self.hold_of(order).amount_over, 500)  # 1,500 are left, for a limit of 1,000
        self.close()

    def test_what_is_left_of_a_quotation_settled_in_part_is_tested(self):
        order = self.make_order(self.customer, 250, 4)
        self.assertSold(self.settle(order, 1, [(self.cash, 250)]))
        self.assertConfirmed(order)
        self.assertExposure(self.customer, 750, orders=750)

    def test_a_forced_hold_stays_and_breaks_no_session(self):
        order = self.make_order(self.customer, 100)
        self.env["credit.hold.force"].create({"order_ids": order.ids, "reason": "Fraud?"}).action_force()
        self.assertSold(self.settle(order, payments=[(self.cash, 100)]))
        self.assertHeld(order)

    def test_a_released_order_covers_what_is_settled_of_it(self):
        order = self.make_held(self.customer, 1500, user=self.make_user("sales"))
        self.release(order, self.boss)
        self.assertConfirmed(order)
        sale = self.settle(order)
        self.assertSold(sale)
        self.assertEqual(self.decisions(sale).verdict, "released")

    # -- down payments ---------------------------------------------------------------------------------

    def test_a_down_payment_in_cash_lowers_the_order(self):
        order = self.make_confirmed(self.customer, 1000)
        self.assertSold(self.pay_down(order, 300, [(self.cash, 300)]))
        self.assertExposure(self.customer, 700, orders=700)

    def test_a_down_payment_on_account_moves_from_the_order_to_the_counter(self):
        order = self.make_confirmed(self.customer, 1000)
        self.assertSold(self.pay_down(order, 300))
        self.assertExposure(self.customer, 1000, orders=700, pos=300)

    def test_a_down_payment_on_a_quotation_leaves_the_rest_to_be_tested(self):
        order = self.make_order(self.customer, 1300)
        self.assertSold(self.pay_down(order, 300, [(self.cash, 300)]))
        self.assertConfirmed(order)
        self.assertExposure(self.customer, 1000, orders=1000)
        larger = self.make_order(self.make_customer(999), 1300)
        self.assertSold(self.pay_down(larger, 300, [(self.cash, 300)]))
        self.assertHeld(larger)

    def test_a_salesperson_confirms_a_quotation_that_has_a_draft_at_the_counter(self):
        order = self.make_order(self.customer, 100, 10)
        line = order.order_line
        sold = self.sold(
            1000, 10, product_id=line.product_id.id, sale_order_origin_id=order.id, sale_order_line_id=line.id
        )
        self.enter(self.customer, 1000, lines=[sold])
        self.set_limit(self.customer, 999)
        self.confirm(order, self.make_user("sales"))
        self.assertHeld(order)
        self.assertEqual(self.hold_of(order).amount, 1000)
