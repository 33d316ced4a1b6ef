"""The screen asks before the sale is finished; a manager releases it, from the desk or on the spot."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PosCommon

NEUTRAL = "The customer's credit does not allow this sale on account for now."


@tagged("post_install", "-at_install")
class TestCounter(PosCommon):
    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(100, controller_id=self.boss.id)

    def check(self, order, user=None):
        return self.ask(order, user).credit_check_counter()

    def test_a_sale_within_the_limit_may_be_finished(self):
        self.assertEqual(self.check(self.enter(self.customer, 100))["is_allowed"], True)

    def test_a_sale_beyond_the_limit_is_stopped_and_nothing_is_written(self):
        order = self.enter(self.customer, 150)
        state = self.check(order)
        self.assertEqual(
            state, {"is_allowed": False, "reasons": [NEUTRAL], "can_ask": True, "is_waiting": False, "desk": ""}
        )
        self.assertFalse(order.credit_hold_id)
        self.assertFalse(self.decisions(order))

    def test_what_the_counter_hands_out_is_not_checked_as_a_delivery_too(self):
        Picking = self.env["stock.picking"]
        if "credit_hold_id" not in Picking._fields:
            self.skipTest("transfers are not under control here")
        handed_out = Picking.new({"pos_order_id": self.enter(self.customer, 100).id})
        self.assertEqual(
            [handed_out._credit_is_checked_elsewhere(), Picking.new({})._credit_is_checked_elsewhere()], [True, False]
        )

    def test_cash_may_be_finished(self):
        self.assertTrue(self.check(self.enter(self.customer, 150, [(self.cash, 150)]))["is_allowed"])

    def test_who_may_see_figures_reads_them(self):
        seller = self.make_cashier("seller", "point_of_sale.group_pos_user,sales_team.group_sale_salesman")
        [reason] = self.check(self.enter(self.customer, 150), seller)["reasons"]
        self.assertIn("150.00", reason)
        self.assertIn("100.00", reason)

    def test_a_refused_sale_cannot_be_asked_for(self):
        self.policy.rule_ids.effect_pos = "refuse"
        order = self.enter(self.customer, 150)
        self.assertFalse(self.check(order)["can_ask"])
        with self.assertRaisesRegex(UserError, NEUTRAL):
            self.ask(order).credit_ask_counter()
        with self.assertRaisesRegex(UserError, NEUTRAL):
            self.ask(order).credit_release_counter("boss", "boss-secret-1")

    # -- from the desk -------------------------------------------------------------------------------

    def test_asking_puts_the_sale_on_the_list_of_holds(self):
        order = self.enter(self.customer, 150)
        state = self.ask(order).credit_ask_counter()
        self.assertEqual((state["is_allowed"], state["is_waiting"], state["desk"]), (False, True, self.boss.name))
        hold = self.hold_of(order)
        self.assertTrue(hold.is_requested)
        self.assertEqual(hold.requester_id, self.cashier)
        self.assertEqual((hold.amount, hold.amount_over), (150, 50))
        self.assertEqual(hold.activity_ids.user_id, self.boss)

    def test_a_release_from_the_desk_lets_the_sale_through(self):
        order = self.enter(self.customer, 150)
        self.ask(order).credit_ask_counter()
        self.release(order, self.boss)
        self.assertTrue(self.check(order)["is_allowed"])
        sold = self.finish(order)
        self.assertEqual(sold, order)
        self.assertSold(order)
        self.assertEqual(self.decisions(order)[-1].verdict, "released")
        self.assertExposure(self.customer, 150, pos=150)

    def test_a_rejected_sale_still_cannot_go_on_account(self):
        order = self.enter(self.customer, 150)
        self.ask(order).credit_ask_counter()
        self.hold_of(order).with_user(self.boss)._reject(self.reason)
        state = self.check(order)
        self.assertEqual((state["is_allowed"], state["is_waiting"]), (False, False))

    def test_a_release_that_was_taken_back_marks_the_sale(self):
        order = self.enter(self.customer, 150)
        self.ask(order).credit_ask_counter()
        self.release(order, self.boss)
        self.hold_of(order).release_ids.with_user(self.boss).action_void()
        self.assertSoldBeyond(self.finish(order))

    def test_a_release_covers_its_amount_only(self):
        order = self.enter(self.customer, 150)
        self.ask(order).credit_ask_counter()
        self.release(order, self.boss)
        order.lines.write({"price_unit": 151, "price_subtotal": 151, "price_subtotal_incl": 151})
        order.payment_ids.amount = 151
        order.amount_total = 151
        self.env.invalidate_all()
        self.assertFalse(self.check(order)["is_allowed"])

    def test_a_sale_that_is_paid_otherwise_closes_its_hold(self):
        order = self.enter(self.customer, 150)
        self.ask(order).credit_ask_counter()
        hold = self.hold_of(order)
        order.payment_ids.payment_method_id = self.cash
        self.assertSold(self.finish(order))
        self.assertEqual(hold.state, "cancelled")

    def test_a_payment_of_the_customer_frees_the_waiting_sale(self):
        invoice = self.make_invoice(self.customer, 50)
        order = self.enter(self.customer, 100)
        self.ask(order).credit_ask_counter()
        self.pay(invoice)
        self.commit()
        self.assertEqual(self.hold_of(order).state, "cured")
        self.assertTrue(self.check(order)["is_allowed"])

    # -- on the spot -----------------------------------------------------------------------------------

    def test_a_manager_who_signs_in_at_the_counter_releases_the_sale(self):
        order = self.enter(self.customer, 150)
        self.assertTrue(self.ask(order).credit_release_counter("boss", "boss-secret-1")["is_allowed"])
        release = self.hold_of(order).release_ids
        self.assertEqual((release.user_id, release.requester_id), (self.boss, self.cashier))
        self.assertEqual((release.amount_max, release.date_until), (150, self.today))
        self.assertEqual(release.reason_id, self.env.ref("pos_credit_management.reason_counter"))
        self.assertSold(self.finish(order))
        self.assertEqual(self.decisions(order).mapped("verdict"), ["hold", "released"])

    def test_who_sold_it_does_not_release_it_on_a_colleagues_screen(self):
        order = self.enter(self.customer, 150)
        order.sudo().user_id = self.boss
        order.sudo().user_id = self.cashier
        with self.assertRaisesRegex(UserError, "somebody else"):
            self.ask(order).credit_release_counter("boss", "boss-secret-1")
        self.assertFalse(self.check(order)["is_allowed"])

    @mute_logger("odoo.addons.base.models.res_users")
    def test_a_wrong_password_releases_nothing(self):
        order = self.enter(self.customer, 150)
        for login, password in (("boss", "wrong"), ("nobody", "boss-secret-1"), ("boss", "")):
            with self.assertRaisesRegex(UserError, "Wrong login or password"):
                self.ask(order).credit_release_counter(login, password)
        self.assertFalse(order.credit_hold_id)
        self.assertFalse(self.check(order)["is_allowed"])

    def test_who_has_no_authority_releases_nothing(self):
        order = self.enter(self.customer, 150)
        self.make_cashier("colleague", password="colleague-1")
        with self.assertRaisesRegex(AccessError, "Only credit controllers and credit managers"):
            self.ask(order).credit_release_counter("colleague", "colleague-1")

    def test_the_authority_of_the_manager_must_reach(self):
        self.env["credit.authority"].create(
            {"name": "Small", "user_ids": self.boss.ids, "amount_over_max": 49.99, "company_id": self.company.id}
        )
        order = self.enter(self.customer, 150)
        with self.assertRaisesRegex(UserError, "Your authority reaches"):
            self.ask(order).credit_release_counter("boss", "boss-secret-1")
        self.assertTrue(
            self.ask(self.enter(self.customer, 149.99)).credit_release_counter("boss", "boss-secret-1")["is_allowed"]
        )

    def test_nobody_releases_the_own_sale(self):
        boss = self.make_boss("selling-boss", "credit_management.group_credit_manager,point_of_sale.group_pos_user")
        order = self.enter(self.customer, 150, user=boss)
        with self.assertRaisesRegex(UserError, "somebody else has to release it"):
            self.ask(order, boss).credit_release_counter("selling-boss", "boss-secret-1")

    def test_a_second_factor_is_asked_for_elsewhere(self):
        order = self.enter(self.customer, 150)
        self.patch(type(self.env["res.users"]), "_mfa_url", lambda user: "/web/login/totp")
        with self.assertRaisesRegex(UserError, "second factor"):
            self.ask(order).credit_release_counter("boss", "boss-secret-1")

    def test_a_manager_of_another_company_releases_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.make_boss("stranger", company_id=other.id, company_ids=[(6, 0, other.ids)])
        order = self.enter(self.customer, 150)
        with self.assertRaises(AccessError):
            self.ask(order).credit_release_counter("stranger", "boss-secret-1")
