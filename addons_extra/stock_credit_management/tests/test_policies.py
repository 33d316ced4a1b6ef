"""What the ready-made policies do at the checkpoint of this add-on."""

from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file


@tagged("post_install", "-at_install")
class TestPolicies(TransactionCase):
    def get_effects(self, name):
        return self.env.ref(f"credit_management.policy_{name}").rule_ids.mapped("effect_delivery")

    def test_the_ready_made_policies_say_what_they_do_here(self):
        self.assertEqual(self.get_effects("cautious"), ["hold", "hold", "none", "hold", "none", "none", "none", "hold"])
        self.assertEqual(self.get_effects("balanced"), ["hold", "hold", "hold", "none", "hold"])
        self.assertEqual(self.get_effects("generous"), ["none", "none", "none", "none"])

    def test_a_ready_made_rule_that_was_deleted_stays_deleted_when_this_is_installed(self):
        self.env.ref("credit_management.policy_balanced_rule_1").unlink()
        module, data = "stock_credit_management", "data/credit_policy_data.xml"
        convert_file(self.env, module, data, {}, mode="init")
        self.assertFalse(self.env.ref("credit_management.policy_balanced_rule_1", raise_if_not_found=False))
