"""The life of a hold: from open to closed, and never back."""

from odoo.tests import tagged

from ..common import CreditCommon

LOGGER = "odoo.addons.credit_management.models.hold.credit_hold"


@tagged("post_install", "-at_install")
class TestHoldStates(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.make_policy("limit_exceeded")

    def make_hold(self):
        order = self.make_order(self.customer, 1500)
        self.confirm(order)
        return order.credit_hold_id.sudo()  # a hold is written by the system only

    def test_a_hold_that_is_there_already_stays_as_it_is(self):
        hold = self.make_hold()
        hold._set_cured()
        closed = hold.date_closed
        with self.assertNoLogs(LOGGER):
            hold._set_cured()
        self.assertEqual((hold.state, hold.date_closed), ("cured", closed))

    def test_a_closed_hold_goes_nowhere_and_the_log_says_who_tried(self):
        hold = self.make_hold()
        hold._set_released()
        with self.assertLogs(LOGGER, "WARNING") as logs:
            hold._set_cancelled()
        self.assertEqual(hold.state, "released")
        self.assertIn("cannot become 'cancelled'", logs.output[0])

    def test_an_order_that_was_released_is_cancelled_without_a_word(self):
        hold = self.make_hold()
        order = hold._get_document()
        hold.with_user(self.make_user("controller"))._release(self.reason, self.today, is_resumed=False)
        with self.assertNoLogs(LOGGER):
            order._action_cancel()
        self.assertEqual((hold.state, hold.release_ids.state, order.credit_hold_state), ("released", "void", False))

    def test_however_a_hold_begins_it_says_the_same_of_its_document(self):
        names = ("profile_id", "company_id", "res_model", "document_name", "salesperson_id")
        stopped = self.make_hold()
        order = stopped._get_document()
        expected = [stopped[name] for name in names]
        stopped._set_cancelled()
        order._credit_force_hold("Wait for the lawyer")
        forced = order.credit_hold_id.sudo()
        self.assertEqual((forced.is_forced, [forced[name] for name in names]), (True, expected))
        forced._set_cancelled()
        order._credit_ask_ahead(2500, "The customer pays on Friday")
        ahead = self.env["credit.hold"].search([("res_id", "=", order.id), ("is_ahead", "=", True)])
        self.assertEqual((ahead.amount, ahead.amount_over), (2500.0, 1500.0))
        self.assertEqual([ahead[name] for name in names], expected)
