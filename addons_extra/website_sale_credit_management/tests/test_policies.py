"""What the ready-made policies do at the checkpoint of this add-on."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestPolicies(TransactionCase):
    def get_effects(self, name):
        return self.env.ref(f"credit_management.policy_{name}").rule_ids.mapped("effect_shop")

    def test_the_ready_made_policies_say_what_they_do_here(self):
        self.assertEqual(self.get_effects("cautious"), ["hold", "hold", "hold", "hold", "none", "hold", "none", "hold"])
        self.assertEqual(self.get_effects("balanced"), ["hold", "hold", "hold", "none", "hold"])
        self.assertEqual(self.get_effects("generous"), ["none", "hold", "hold", "hold"])
