"""An invoice is left out of dunning, or dunned by another plan, by a credit controller only, and that is kept."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..gate.adversary import AdversaryCommon

REFUSING = "only a credit controller"


@tagged("post_install", "-at_install")
class TestLeftOut(AdversaryCommon, HttpCase):
    """An invoice of 900 that is 90 days late, and a plan that would dun it later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller = cls.make_user("biller")
        cls.both = cls.make_user("controller", "biller", login="both")
        cls.head = cls.make_user("manager", "biller", login="head")
        cls.seller = cls.make_user("sales", "credit_user", login="seller")
        cls.gentle = cls.env["credit.dunning.plan"].create({"name": "Gentle"})

    def setUp(self):
        super().setUp()
        self.invoice = self.make_invoice(self.poor, 900, days_overdue=90)
        self.item = self.invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")

    def rpc(self, user, record, method, *arguments):
        """Call a method as a client would that is nobody's form."""
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        params = {"model": record._name, "method": method, "args": [record.ids, *arguments], "kwargs": {}}
        try:
            with mute_logger("odoo.http", "odoo.sql_db"):
                return self.make_jsonrpc_request(f"/web/dataset/call_kw/{record._name}/{method}", params)
        finally:
            self.env.invalidate_all()

    def noted(self):
        rows = self.env["credit.log"].search(
            [("res_model", "=", "account.move"), ("verdict", "=", "looser")], order="id"
        )
        return [(row.document_name, row.value_after, row.amount_most) for row in rows]

    def assertRefusedOver(self, user, record, values, method="write"):  # noqa: N802
        with self.assertRaises(JsonRpcException):
            self.rpc(user, record, method, values)
        self.assertFalse(self.invoice.no_followup)
        self.assertFalse(self.invoice.credit_dunning_plan_id)
        self.assertFalse(self.noted())

    def test_who_has_no_credit_rights_neither_leaves_it_out_nor_gives_it_another_plan(self):
        for user in (self.biller, self.seller, self.sneak):
            for record, values in (
                (self.invoice, {"no_followup": True}), (self.item, {"no_followup": True}),
                (self.invoice, {"credit_dunning_plan_id": self.gentle.id}),
                (self.invoice, {"line_ids": [Command.update(self.item.id, {"no_followup": True})]}),
            ):
                with self.subTest(user=user.login, values=values):
                    self.assertRefusedOver(user, record, values)

    def test_the_refusal_says_who_may_and_what_else_can_be_done(self):
        with self.assertRaisesRegex(AccessError, f"INV.* {REFUSING} .*note a dispute"):
            self.invoice.with_user(self.biller).no_followup = True
        with self.assertRaisesRegex(AccessError, REFUSING):
            self.invoice.with_user(self.biller).credit_dunning_plan_id = self.gentle

    def test_a_controller_and_a_manager_do_it_and_it_is_kept(self):
        self.rpc(self.both, self.invoice, "write", {"no_followup": True})
        self.assertTrue(self.item.no_followup)
        self.assertEqual(self.noted(), [(self.invoice.name, "Yes", 900.0)])
        self.rpc(self.head, self.invoice, "write", {"credit_dunning_plan_id": self.gentle.id})
        self.assertEqual(self.noted()[1:], [(self.invoice.name, "Gentle", 900.0)])
        row = self.env["credit.log"].search([("res_model", "=", "account.move"), ("value_after", "=", "Gentle")])
        self.assertEqual((row.field_name, row.value_before, row.customer_name), ("Dunning Plan", "", "Poor"))

    def test_taking_it_into_dunning_again_is_free(self):
        self.invoice.no_followup = True
        self.rpc(self.biller, self.invoice, "write", {"no_followup": False})
        self.assertFalse(self.invoice.no_followup)

    def test_the_same_value_again_is_no_change(self):
        self.rpc(self.biller, self.invoice, "write", {"no_followup": False, "credit_dunning_plan_id": False})
        self.assertFalse(self.noted())

    def test_a_draft_is_no_way_round(self):
        draft = self.make_invoice(self.poor, 500, post=False)
        for values in ({"no_followup": True}, {"credit_dunning_plan_id": self.gentle.id}):
            with self.subTest(values), self.assertRaises(JsonRpcException):
                self.rpc(self.biller, draft, "write", values)
        with self.assertRaises(JsonRpcException):
            self.rpc_create(credit_dunning_plan_id=self.gentle.id)

    def test_a_new_invoice_is_dunned_whatever_its_maker_says(self):
        """Odoo writes the flag on a new invoice before it has an item of the customer: it is lost."""
        move = self.env["account.move"].browse(self.rpc_create(no_followup=True)[0]["id"])
        self.assertFalse(move.no_followup)

    def rpc_create(self, **values):
        return self.rpc(
            self.biller, self.env["account.move"], "web_save",
            {"move_type": "out_invoice", "partner_id": self.poor.id,
             "invoice_line_ids": [Command.create(self.invoice_line(500))], **values},
            {},
        )

    def invoice_line(self, price):
        return {"name": "Goods", "price_unit": price, "quantity": 1, "tax_ids": [Command.clear()]}

    def test_neither_is_a_copy_of_one_that_is_left_out(self):
        self.invoice.no_followup = True
        self.assertFalse(self.invoice.with_user(self.biller).copy().no_followup)

    def test_nothing_is_asked_before_something_is_checked(self):
        self.env["credit.policy"].search([]).active = False
        self.rpc(self.biller, self.invoice, "write", {"no_followup": True})
        self.assertTrue(self.invoice.no_followup)
