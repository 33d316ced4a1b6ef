"""Who has only a branch works with the whole company's credit file: nothing he opens is refused."""

from odoo.tests import Form, tagged

from ..gate.test_branches import BranchCommon


@tagged("post_install", "-at_install")
class TestBranchUser(BranchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.make_policy("limit_exceeded")
        cls.profile = cls.profile_of(cls.customer)
        cls.debt = cls.bill_in(cls.company, 900, days_overdue=3)
        cls.bill_in(cls.second, 30)

    def mine(self, record, user):
        """Return a record as a user with only a branch sees it: nothing was read for him before."""
        self.env.flush_all()
        self.env.invalidate_all()
        return record.with_env(self.env(user=user, context={"allowed_company_ids": self.branch.ids}))

    def test_a_salesperson_sells_in_his_branch(self):
        user = self.make_branch_user("sales")
        Order = self.mine(self.env["sale.order"], user)
        order = Order.create({"partner_id": self.customer.id, "order_line": [self.line(500)]})
        self.assertEqual(order.company_id, self.branch)
        with Form(order) as form:
            form.client_order_ref = "X"
        self.assertIn("930.00", str(self.mine(order, user)._credit_get_panel()))
        self.mine(order, user).with_context(credit_interactive=True).action_confirm()
        self.assertHeld(order.sudo())
        self.assertIn("over by", self.mine(order, user).credit_hold_reason)
        self.mine(order, user).action_credit_request_release()
        order.sudo().order_line.price_unit = 10
        self.mine(order, user).with_context(credit_interactive=True).action_confirm()
        self.assertConfirmed(order.sudo())
        self.mine(order, user).order_line.write({"price_unit": 20})

    def test_a_biller_bills_in_his_branch(self):
        order = self.order_in(self.branch, 50)
        order.action_confirm()
        user = self.make_branch_user("sales", "biller")
        invoice = self.mine(order, user)._create_invoices()
        with Form(self.mine(invoice, user)) as form:
            form.ref = "X"
        self.mine(invoice, user).action_post()
        self.assertEqual(invoice.sudo().state, "posted")
        self.pay(self.mine(invoice, user))

    def test_a_credit_manager_opens_the_file(self):
        user = self.make_branch_user("sales", "manager", "biller")
        with Form(self.mine(self.profile, user)) as form:
            form.date_review_next = self.today
        for name in ("action_open_overdue", "action_open_forecast", "action_open_exposure", "action_open_log"):
            getattr(self.mine(self.profile, user), name)()
        forecast = self.env["credit.profile.forecast"].search([], order="id desc", limit=1)
        with Form(self.mine(forecast, user)) as form:
            form.days_late = 3
        with Form(self.mine(self.customer, user)) as form:
            form.ref = "X"
        with Form(self.mine(self.policy, user)) as form:
            form.name = "Strict"
        self.mine(self.policy, user).action_preview()
        found = self.mine(self.env["credit.profile"], user).search([("amount_exposure", ">", 900)])
        self.assertEqual(found, self.profile)
        self.assertTrue(found.exposure_bar)

    def test_a_credit_manager_asks_and_grants_in_his_branch(self):
        user = self.make_branch_user("sales", "manager", login="asks")
        other = self.make_branch_user("sales", "manager", login="grants")
        form = Form(self.mine(self.env["credit.limit.request"], user).with_context(default_profile_id=self.profile.id))
        form.amount, form.reason = 2000, "More"
        request = form.save()
        self.mine(request, user).action_submit()
        self.mine(request, other).action_approve()
        self.assertEqual(self.profile.amount_limit, 2000)
        for model in ("credit.cover", "credit.promise"):
            form = Form(self.mine(self.env[model], user).with_context(default_profile_id=self.profile.id))
            form.amount = 10
            if model == "credit.promise":
                form.date_promised = self.today
            self.assertEqual(form.save().sudo().company_id, self.company)

    def test_a_credit_manager_releases_in_his_branch(self):
        order = self.order_in(self.branch, 500)
        self.confirm(order)
        user = self.make_branch_user("manager", "sales", login="releases")
        hold = self.mine(self.hold_of(order), user)
        Form(hold)
        wizard = hold.env["credit.hold.release"].with_context(active_model="credit.hold", active_ids=hold.ids)
        form = Form(wizard)
        form.reason_id = self.reason.with_env(hold.env)
        form.save().action_apply()
        self.assertConfirmed(order)

    def test_a_credit_manager_sets_up_in_his_branch(self):
        user = self.make_branch_user("manager", login="sets up")
        with Form(self.mine(self.env["credit.setup"], user)) as form:
            form.credit_days_horizon = 9
        self.assertEqual((self.company.credit_days_horizon, self.branch.credit_days_horizon), (9, 9))
        self.assertTrue(form.is_checked)

    def test_the_settings_of_a_branch_open_and_are_saved(self):
        Form(self.env["res.config.settings"].with_company(self.branch)).save()
        self.assertEqual(self.branch.credit_days_horizon, self.company.credit_days_horizon)
