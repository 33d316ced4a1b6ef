"""One figure for every currency, company, user and parent; and the documents behind it."""

from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestExposureAcrossCurrenciesAndCompanies(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.taler = cls.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])  # 1 USD = 2
        cls.customer = cls.make_customer()
        cls.pricelist = cls.make_pricelist(cls.taler)

    def test_a_thousand_taler_invoiced_are_five_hundred_dollars(self):
        self.make_invoice(self.customer, 1000, currency_id=self.taler.id)
        self.assertExposure(self.customer, 500.0, not_due=500.0)

    def test_a_thousand_taler_ordered_are_five_hundred_dollars_through_the_whole_life(self):
        order = self.make_confirmed(self.customer, 1000, pricelist_id=self.pricelist.id)
        self.assertEqual(order.currency_id, self.taler)
        self.assertExposure(self.customer, 500.0, orders=500.0)
        down_payment = self.bill_down_payment(order, 400)
        self.assertExposure(self.customer, 500.0, not_due=200.0, orders=300.0)
        self.pay(down_payment, currency_id=self.taler.id)
        draft = self.bill(order, post=False)
        self.assertExposure(self.customer, 300.0, order_drafts=300.0, in_process=200.0)
        draft.action_post()
        self.assertExposure(self.customer, 300.0, not_due=300.0, in_process=200.0)

    def test_a_draft_in_taler_counts_in_dollars(self):
        self.make_invoice(self.customer, 1000, post=False, currency_id=self.taler.id)
        self.assertExposure(self.customer, 500.0, drafts=500.0)

    def test_a_posted_invoice_keeps_the_rate_of_its_day(self):
        self.make_invoice(self.customer, 1000, currency_id=self.taler.id)
        self.env["res.currency.rate"].create(
            {"currency_id": self.taler.id, "name": self.today, "rate": 4.0, "company_id": self.company.id}
        )
        self.assertExposure(self.customer, 500.0)

    def test_companies_do_not_mix_and_ticked_companies_do_not_matter(self):
        other = self.setup_other_company(name="Other company")["company"]
        self.env.user.company_ids += other
        self.make_invoice(self.customer, 100)
        self.make_invoice(self.customer.with_company(other), 30, company_id=other.id)
        for companies in (self.company.ids, other.ids, (self.company + other).ids, (other + self.company).ids):
            env = self.env(context={"allowed_company_ids": companies})
            for company, amount in ((self.company, 100.0), (other, 30.0)):
                profile = env["credit.profile"].browse(self.profile_of(self.customer, company).id)
                profile.invalidate_recordset()
                self.assertEqual(profile.sudo().amount_exposure, amount)

    def test_every_user_sees_the_same_figure(self):
        self.make_invoice(self.customer, 100)
        self.make_confirmed(self.customer, 11)
        profile = self.profile_of(self.customer)
        for role in ("credit_user", "controller", "manager"):
            self.assertEqual(profile.with_user(self.make_user(role)).sudo(False).amount_exposure, 111.0)

    def test_a_figure_is_true_inside_the_transaction_that_changes_it(self):
        profile = self.profile_of(self.customer).sudo(False)
        order = self.make_confirmed(self.customer, 100)
        profile.invalidate_recordset()
        self.assertEqual(profile.amount_exposure, 100.0)
        order.order_line.price_unit = 70
        profile.invalidate_recordset()
        self.assertEqual(profile.amount_exposure, 70.0)

    def test_a_customer_under_another_parent_takes_its_documents_along(self):
        parent = self.make_customer(name="Parent")
        self.make_invoice(self.customer, 100)
        self.make_invoice(self.customer, 20, post=False)
        self.make_confirmed(self.customer, 3)
        self.customer.write({"is_company": False, "parent_id": parent.id})
        self.assertExposure(parent, 123.0)
        self.assertExposure(self.customer, 123.0)  # its profile is now the parent's

    def test_an_archived_customer_loses_nothing(self):
        self.make_invoice(self.customer, 100)
        self.customer.action_archive()
        self.assertExposure(self.customer, 100.0)

    def test_the_limit_in_taler_is_compared_in_dollars(self):
        profile = self.profile_of(self.customer)
        profile.write({"limit_type": "amount", "amount_limit": 1000, "limit_currency_id": self.taler.id})
        self.make_invoice(self.customer, 300)
        figures = self.figures(self.customer)
        self.assertEqual((figures["amount_limit_effective"], figures["amount_available"]), (500.0, 200.0))
        self.assertEqual(figures["percent_utilisation"], 60.0)


@tagged("post_install", "-at_install")
class TestDocumentsBehindTheExposure(CreditCommon):
    def test_every_figure_is_the_sum_of_the_documents_behind_it(self):
        customer = self.make_customer()
        self.make_invoice(customer, 1000, days_overdue=3)
        self.make_invoice(customer, 200, post=False)
        order = self.make_confirmed(customer, 100, 10, self.delivered_article)
        self.deliver(order.order_line, 4)
        self.receive(customer, 70)
        lines = self.env["credit.exposure.line"].search([("profile_id", "=", self.profile_of(customer).id)])
        totals = {}
        for sheet_line in lines:
            totals[sheet_line.component] = totals.get(sheet_line.component, 0) + sheet_line.amount
        self.assertEqual(totals, self.components(customer))
        self.assertEqual(sum(lines.mapped("amount_counted")), 2130.0)
        self.assertExposure(customer, 2130.0)
        self.assertEqual(
            totals,
            {"overdue": 1000.0, "drafts": 200.0, "delivered": 400.0, "orders": 600.0, "unallocated": -70.0,
             "in_process": 70.0},
        )

    def test_the_lines_say_which_document_they_are(self):
        customer = self.make_customer()
        order = self.make_confirmed(customer, 100)
        invoice = self.make_invoice(customer, 50)
        lines = self.env["credit.exposure.line"].search([("profile_id", "=", self.profile_of(customer).id)])
        found = {(line.res_model, line.res_id): line.amount for line in lines}
        self.assertEqual(found, {("sale.order", order.id): 100.0, ("account.move", invoice.id): 50.0})

    def test_lists_search_and_sort_by_figures(self):
        small, large = (self.make_customer(100, name=name) for name in ("Small", "Large"))
        self.make_invoice(small, 100)
        self.make_invoice(large, 100.01)
        mine = [("partner_id", "in", (small + large).ids)]
        Profile = self.env["credit.profile"]
        self.assertEqual(Profile.search([*mine, ("amount_over_limit", ">", 0)]).partner_id, large)
        self.assertEqual(Profile.search([*mine, ("percent_utilisation", "<=", 100)]).partner_id, small)
        self.assertEqual(Profile.search(mine, order="amount_exposure desc").partner_id, large + small)
        grouped = Profile._read_group(mine, ["limit_state"], ["amount_exposure:sum"])
        self.assertEqual([(state, float(total)) for state, total in grouped], [("amount", 200.01)])
