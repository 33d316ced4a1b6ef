"""Tricks on the customer of an order, and on its limit: refused, or checked."""

from odoo.tests import tagged

from .adversary import AdversaryCommon


@tagged("post_install", "-at_install")
class TestTricksOnTheCustomer(AdversaryCommon):
    def test_the_invoice_goes_to_another_customer_after_confirmation(self):
        order = self.my_confirmed(5000, self.rich)
        self.assertRefused(order.write, {"partner_invoice_id": self.poor.id})
        self.assertRefused(order.write, {"partner_id": self.poor.id, "partner_invoice_id": self.poor.id})
        self.assertKept()

    def test_a_contact_of_the_customer_is_the_customer(self):
        contact = self.env["res.partner"].with_user(self.sneak).create({"name": "C", "parent_id": self.poor.id})
        self.assertRefused(self.my_order(5000, contact).action_confirm)

    def test_a_release_is_not_for_another_customer(self):
        order = self.make_held(self.rich, 200000, self.sneak)
        self.release(order, self.controller, is_resumed=False)
        order = order.with_user(self.sneak)
        order.partner_invoice_id = self.poor
        self.assertRefused(order.action_confirm)
        self.assertKept()

    def test_a_release_is_not_for_a_larger_order(self):
        order = self.make_held(self.poor, 1500, self.sneak)
        self.release(order, self.controller, is_resumed=False)
        order.order_line.price_unit = 1500.01
        self.assertRefused(order.with_user(self.sneak).action_confirm)

    def test_raising_the_quotation_while_it_waits_for_the_release(self):
        order = self.make_held(self.poor, 1500, self.sneak)
        order.with_user(self.sneak).order_line.price_unit = 50000
        self.attempt(self.release, order, self.controller)
        self.assertNotEqual(order.state, "sale")

    def test_core_s_limit_is_not_for_salespeople(self):
        partner = self.poor.with_user(self.sneak)
        self.assertRefused(partner.write, {"credit_limit": 1e6})
        self.assertRefused(partner.write, {"use_partner_credit_limit": True})
        self.assertEqual(self.profile_of(self.poor).amount_limit, 1000.0)

    def test_core_s_limit_is_not_for_accountants_either_while_checks_are_on(self):
        biller = self.make_user("biller", "sales", login="biller-sales")
        self.assertRefused(self.poor.with_user(biller).write, {"credit_limit": 1e6})
        self.attempt(self.poor.with_user(biller).write, {"use_partner_credit_limit": True})
        self.assertEqual(self.profile_of(self.poor).amount_limit, 1000.0)

    def test_a_new_customer_that_brings_its_own_limit(self):
        self.company.account_use_credit_limit = True
        biller = self.make_user("biller", "sales", login="biller-sales")
        Partner = self.env["res.partner"].with_user(biller)
        created = []
        self.attempt(lambda: created.append(Partner.create({"name": "New", "credit_limit": 1e6}).id))
        self.attempt(lambda: created.append(Partner.with_context(default_credit_limit=1e6).create({"name": "N"}).id))
        for partner in self.env["res.partner"].browse(created):
            profile = self.profile_of(partner)
            self.assertFalse(profile.limit_type == "amount" and profile.amount_limit == 1e6)

    def test_another_commercial_entity(self):
        self.assertNotHidden(owing=True)

    def test_another_commercial_entity_of_a_customer_that_owes_nothing_yet(self):
        self.assertNotHidden(owing=False)

    def assertNotHidden(self, owing):  # noqa: N802
        if owing:
            self.my_confirmed(900)
        partner = self.poor.with_user(self.sneak)
        for values in ({"commercial_partner_id": self.rich.id}, {"parent_id": self.rich.id, "is_company": False}):
            self.attempt(partner.write, values)
            self.attempt(self.my_order(5000).action_confirm)
        self.attempt(partner.write, {"parent_id": False, "is_company": True})
        if self.poor.commercial_partner_id == self.poor:
            self.assertKept()
        else:  # what it ordered counts for its parent, and stays there
            self.assertEqual(self.exposure(self.rich), self.owed(self.poor))

    def test_the_own_company_s_customer_in_another_company(self):
        other = self.setup_other_company(name="Elsewhere")["company"]
        self.sneak.company_ids += other
        self.assertRefused(self.my_order(5000).with_company(other).action_confirm)
