"""A checkpoint of another add-on: one entry, its effect and its column; a document of the add-on obeys it."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GuaranteeCommon

HOLD = {"criterion": "limit_exceeded", "effect_guarantee": "hold"}


@tagged("post_install", "-at_install")
class TestCheckpoint(GuaranteeCommon):
    def give(self, guarantee):
        guarantee.with_context(credit_interactive=True).action_give()

    def test_its_effect_has_a_column_in_the_form_of_the_policy(self):
        arch = self.env["credit.policy"].get_view(view_type="form")["arch"]
        self.assertIn('name="effect_guarantee"', arch)

    def test_its_effect_is_obeyed(self):
        self.make_policy(HOLD)
        guarantee = self.make_guarantee(self.make_customer(100), 101)
        self.give(guarantee)
        self.assertEqual((guarantee.state, guarantee.credit_hold_state), ("draft", "held"))
        self.assertEqual(self.hold_of(guarantee).checkpoint, "guarantee")

    def test_no_effect_there_lets_a_guarantee_pass_where_an_order_is_held(self):
        self.make_policy({**HOLD, "effect_guarantee": "none"})
        customer = self.make_customer(100)
        guarantee = self.make_guarantee(customer, 101)
        self.give(guarantee)
        self.assertEqual(guarantee.state, "given")
        self.make_held(customer, 1)

    def test_a_program_is_refused_with_the_reason(self):
        self.make_policy(HOLD)
        guarantee = self.make_guarantee(self.make_customer(100), 101)
        with self.assertRaisesRegex(UserError, r"Guarantee is on credit hold.*over by"):
            guarantee.action_give()

    def test_writing_the_state_past_the_check_is_refused(self):
        self.make_policy(HOLD)
        customer = self.make_customer(100)
        with self.assertRaises(UserError):
            self.make_guarantee(customer, 101).state = "given"
        with self.assertRaises(UserError):
            self.make_guarantee(customer, 101, state="given")

    def test_a_release_gives_the_guarantee(self):
        self.make_policy(HOLD)
        guarantee = self.make_guarantee(self.make_customer(100), 101)
        self.give(guarantee)
        self.release(guarantee, self.make_user("manager"))
        self.assertEqual((guarantee.state, guarantee.credit_hold_state), ("given", "released"))

    def test_the_log_shows_the_checkpoint_by_its_name_and_without_its_add_on_by_what_is_stored(self):
        self.make_policy(HOLD)
        guarantee = self.make_guarantee(self.make_customer(100), 50)
        guarantee.action_give()
        logged = self.env["credit.log"].search([("res_model", "=", guarantee._name)])
        self.assertEqual(self.shown(logged), "Guarantee")
        rules = self.env["credit.policy.rule"]
        known = [choice for choice in rules._get_checkpoints() if choice[0] != "guarantee"]
        self.patch(type(rules), "_get_checkpoints", lambda self: known)
        self.env.registry.clear_cache("stable")
        self.assertEqual(logged.checkpoint, "guarantee")
        self.assertEqual(self.shown(logged), "guarantee")

    def shown(self, record):
        """Return the checkpoint as a person reads it."""
        return dict(record._fields["checkpoint"]._description_selection(self.env))[record.checkpoint]
