"""What customers owe is owed on an account that is counted, whoever chooses it."""

from odoo.tests import new_test_user, tagged

from ..gate.adversary import AdversaryCommon


@tagged("post_install", "-at_install")
class TestTrade(AdversaryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller = cls.make_user("biller")
        cls.trade = cls.company_data["default_account_receivable"]
        cls.owners = cls.trade.copy({"name": "Owners", "non_trade": True})

    def get_debt(self, move):
        return move.line_ids.filtered(lambda item: item.account_type == "asset_receivable")

    def test_a_posted_debt_does_not_go_to_an_account_that_is_left_out(self):
        debt = self.get_debt(self.make_invoice(self.rich, 5000)).with_user(self.biller)
        self.assertRefused(debt.write, {"account_id": self.owners.id})
        self.assertExposure(self.rich, 5000)
        other = self.trade.copy({"name": "Export"})
        self.assertTrue(self.attempt(debt.write, {"account_id": other.id}))
        self.assertExposure(self.rich, 5000)

    def test_an_invoice_is_not_posted_on_an_account_that_is_left_out(self):
        draft = self.make_invoice(self.poor, 900, post=False).with_user(self.biller)
        self.get_debt(draft).account_id = self.owners
        self.assertRefused(draft.action_post)
        self.get_debt(draft).account_id = self.trade
        self.assertTrue(self.attempt(draft.action_post))
        self.assertExposure(self.poor, 900)

    def test_a_salesperson_chooses_where_invoices_are_owed(self):
        self.poor.with_user(self.sneak).property_account_receivable_id = self.owners
        draft = self.make_invoice(self.poor, 900, post=False)
        self.assertRefused(draft.with_user(self.biller).action_post)
        self.assertRefused(draft.sudo().with_user(self.env.ref("base.user_root")).action_post)
        self.assertTrue(self.attempt(draft.with_user(self.make_user("biller", "controller")).action_post))

    def test_an_account_is_not_left_out_by_one_person(self):
        accountant = new_test_user(self.env, "accountant", "base.group_user,account.group_account_manager")
        self.company.credit_second_person = "required"
        self.make_invoice(self.rich, 5000)
        account = self.trade.with_user(accountant)
        self.assertRefused(account.write, {"non_trade": True})
        self.assertRefused(account.write, {"account_type": "asset_current"})
        self.assertExposure(self.rich, 5000)
        account.name = "Customers"
        self.owners.with_user(accountant).non_trade = False  # more is counted

    def test_who_leaves_an_account_out_is_told_of(self):
        accountant = new_test_user(self.env, "accountant", "base.group_user,account.group_account_manager")
        self.company.credit_second_person = "told"
        self.trade.with_user(accountant).non_trade = True
        logged = self.env["credit.log"].sudo().search([("res_model", "=", "account.account")])
        self.assertEqual((logged.res_id, logged.verdict), (self.trade.id, "looser"))
