"""The contract of a controlled document, and what lives on the cursor."""

import ast
import inspect

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.gate import contract
from ...models.gate.transaction import get_passes
from ..common import CreditCommon

DOCUMENTS = ("sale.order", "account.move")


@tagged("post_install", "-at_install")
class TestContract(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)

    def test_every_question_says_what_it_must_return(self):
        source = ast.parse(inspect.getsource(contract))
        questions = [
            node
            for cls in source.body
            if isinstance(cls, ast.ClassDef) and cls.name == "CreditGateMixin"
            for node in cls.body
            if isinstance(node, ast.FunctionDef) and node.name.startswith("_credit_")
        ]
        self.assertGreater(len(questions), 20)
        for question in questions:
            self.assertTrue(ast.get_docstring(question), question.name)

    def test_the_mixin_knows_no_document_by_name(self):
        for name in ("contract", "gate", "guard", "watch", "recheck", "panel", "buttons"):
            text = inspect.getsource(__import__(f"{contract.__package__}.{name}", fromlist=["x"]))
            for model in ("sale.order", "account.move", "stock.picking", "pos.order"):
                self.assertNotIn(model, text, name)

    def test_documents_say_what_they_are_called_and_which_step_comes_next(self):
        order = self.make_order(self.customer, 100)
        self.assertEqual((order._credit_get_document_label(), order._credit_get_panel_checkpoint()),
                         ("This order", "order"))
        order.action_confirm()
        self.assertEqual(order._credit_get_panel_checkpoint(), "change")
        invoice = self.env["account.move"].new({"move_type": "out_invoice"})
        self.assertEqual((invoice._credit_get_document_label(), invoice._credit_get_panel_checkpoint()),
                         ("This invoice", "invoice"))


@tagged("post_install", "-at_install")
class TestTransaction(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.make_policy("limit_exceeded")

    def decisions_on(self, order):
        return self.env["credit.log"].search_count([("res_model", "=", order._name), ("res_id", "=", order.id)])

    def passes(self):
        return set(get_passes(self.env.cr))

    def test_a_pass_is_used_up_by_its_step(self):
        order = self.make_order(self.customer, 100)
        order._credit_gate("order")
        self.assertEqual(self.passes(), {("order", "sale.order", order.id)})
        order.write({"state": "sale"})
        self.assertEqual((self.passes(), self.decisions_on(order)), (set(), 1))

    def test_a_pass_that_is_lost_is_decided_again(self):
        order = self.make_order(self.customer, 100)
        order._credit_gate("order")
        self.env.cr.precommit.add(lambda: None)  # somebody queues something
        with self.env.cr.savepoint():  # and opens a savepoint: Odoo empties what is on the cursor
            pass
        self.assertEqual(self.passes(), set())
        order.write({"state": "sale"})
        self.assertEqual((order.state, self.decisions_on(order)), ("sale", 2))

    def test_no_pass_outlives_the_savepoint_that_gave_it(self):
        order = self.make_order(self.customer, 100)
        savepoint = self.env.cr.savepoint()
        order._credit_gate("order")
        savepoint.close(rollback=True)
        self.assertEqual(self.passes(), set())
        self.profile_of(self.customer).sudo().write({"amount_limit": 10})
        with self.assertRaisesRegex(UserError, "on credit hold"):
            order.write({"state": "sale"})

    def test_customers_that_were_queued_before_a_savepoint_are_not_forgotten(self):
        order = self.make_order(self.customer, 1500)
        self.confirm(order)
        self.assertHeld(order)
        self.set_limit(self.customer, 2000)  # queues the customer
        savepoint = self.env.cr.savepoint()  # opening it looks at the hold
        savepoint.close(rollback=True)
        self.assertEqual(order.credit_hold_id.state, "cured")
