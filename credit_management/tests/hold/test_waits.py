"""What a hold waits for, what will soon be free, and how the controller finds it."""

from datetime import timedelta

from odoo.tests import tagged

from ..common import CreditCommon
from ..gate.test_queries import LIST_PAGE, QueryCommon


class WaitsCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.profile = cls.profile_of(cls.customer)
        cls.make_policy("limit_exceeded", {"criterion": "overdue_days", "days": 30})
        cls.seller = cls.make_user("sales")
        cls.controller = cls.make_user("controller")

    def make_hold(self, price=1500, customer=None):
        order = self.make_held(customer or self.customer, price, self.seller, user_id=self.seller.id)
        return self.hold_of(order)

    def promise(self, amount, days, profile=None):
        values = {"profile_id": (profile or self.profile).id, "amount": amount}
        return self.env["credit.promise"].create({**values, "date_promised": self.today + timedelta(days=days)})

    def find(self, *domain):
        Hold = self.env["credit.hold"].with_user(self.controller)
        return Hold.search([("profile_id", "=", self.profile.id), *domain])


@tagged("post_install", "-at_install")
class TestWaitsFor(WaitsCommon):
    def assertWaits(self, hold, what):  # noqa: N802
        hold.invalidate_recordset()
        self.assertEqual(hold.waits_for, what)
        self.assertEqual(self.find(("waits_for", "=", what)), hold)

    def test_the_controller_unless_something_else_comes_first(self):
        hold = self.make_hold()
        self.assertWaits(hold, "controller")
        self.promise(500, 20)
        self.assertWaits(hold, "payment")
        hold._request_release(self.seller, "They will pay")
        self.assertWaits(hold, "controller")
        request = self.env["credit.limit.request"].create(
            {"profile_id": self.profile.id, "hold_id": hold.id, "amount": 1500, "reason": "They grow"}
        )
        self.assertWaits(hold, "controller")
        request.action_submit()
        self.assertWaits(hold, "limit")
        hold.with_user(self.controller)._ask_salespeople("When?")
        self.assertWaits(hold, "sales")

    def test_all_columns_are_there_and_closed_holds_in_none(self):
        hold = self.make_hold()
        Hold = self.env["credit.hold"].with_context(read_group_expand=True)
        groups = Hold.web_read_group([("id", "=", hold.id)], ["waits_for"], ["amount:sum"])["groups"]
        self.assertEqual(
            [(group["waits_for"], group["__count"]) for group in groups],
            [("controller", 1), ("sales", 0), ("limit", 0), ("payment", 0)],
        )
        hold._set_cured()
        self.assertFalse(hold.waits_for)


@tagged("post_install", "-at_install")
class TestFinding(WaitsCommon):
    def test_what_is_promised_for_the_week_and_is_enough_is_cured_soon(self):
        hold = self.make_hold()  # over by 500
        self.promise(499, 7)
        self.assertFalse(self.find(("is_cured_soon", "=", True)))
        self.promise(1, 8)
        self.assertFalse(self.find(("is_cured_soon", "=", True)))
        self.promise(1, 7)
        self.assertEqual(self.find(("is_cured_soon", "=", True)), hold)
        self.profile._set_account_status("stop", "Insolvent", None)
        self.assertFalse(self.find(("is_cured_soon", "=", True)))

    def test_what_is_overdue_has_to_be_promised_too(self):
        self.make_invoice(self.customer, 700, days_overdue=40)
        self.make_hold(10)
        self.promise(600, 2)
        self.assertFalse(self.find(("is_cured_soon", "=", True)))
        self.promise(100, 3)
        self.assertTrue(self.find(("is_cured_soon", "=", True)))

    def test_any_reason_finds_it_and_the_first_groups_it(self):
        self.make_invoice(self.customer, 700, days_overdue=40)
        hold = self.make_hold()
        self.assertEqual([tag["name"] for tag in hold.reason_tags], ["Limit exceeded", "Overdue"])
        self.assertEqual(hold.main_reason, "limit_exceeded")
        for reason in ("limit_exceeded", "overdue_days"):
            self.assertEqual(self.find(("any_reason", "=", reason)), hold)
        self.assertFalse(self.find(("any_reason", "=", "utilisation")))

    def test_vip_customers_are_found(self):
        hold = self.make_hold()
        self.assertFalse(self.find(("is_vip", "=", True)))
        self.profile.is_vip = True
        self.assertEqual(self.find(("is_vip", "=", True)), hold)

    def test_the_last_payment_is_shown(self):
        hold = self.make_hold()
        self.assertFalse(hold.date_last_payment)
        self.receive(self.customer, 5)
        hold.invalidate_recordset()
        self.assertEqual(hold.date_last_payment, self.today)

    def test_people_group_by_what_tells_holds_apart(self):
        found = self.env["credit.hold"].fields_get(attributes=["groupable"])
        self.assertTrue(found["main_reason"]["groupable"] and found["waits_for"]["groupable"])
        for name in ("res_model", "rating_color", "limit_state", "date_closed", "reject_figures"):
            self.assertFalse(found[name].get("groupable"), name)


@tagged("post_install", "-at_install")
class TestListQueries(WaitsCommon, QueryCommon):
    SHOWN = (
        "document_name", "partner_id", "reason_tags", "amount", "amount_over", "rating_id", "amount_overdue",
        "days_overdue_max", "date_last_payment", "days_waiting", "is_requested", "salesperson_id", "state",
    )

    def test_a_page_of_the_list_costs_the_same_however_many_wait(self):
        holds = self.env["credit.hold"]
        for number in range(8):
            holds += self.make_hold(1500, self.make_customer(1000, name=f"Customer {number}"))
        specification = {name: {"fields": {"display_name": {}}} if name.endswith("_id") else {} for name in self.SHOWN}
        holds.web_read(specification)  # what is read once per server
        few = self.statements(lambda: holds[:2].web_read(specification))
        self.assertLessEqual(self.statements(lambda: holds.web_read(specification)), few)
        self.assertLessEqual(few, LIST_PAGE)
