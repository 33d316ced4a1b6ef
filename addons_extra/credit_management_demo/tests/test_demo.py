from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase, tagged
from odoo.tools import format_date

from ..generator.company import give_warehouse
from ..generator.script import QUOTATIONS

MODULE = "credit_management_demo"


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """The README tells the truth about the day of installation."""

    def ref(self, name):
        return self.env.ref(f"{MODULE}.{name}")

    def setUp(self):
        super().setUp()
        written = self.ref("quotation_over_limit").create_date.date()
        if written != fields.Date.today():
            self.skipTest("The demo company was written on another day; its invoices have aged since.")

    def confirm(self, *keys):
        orders = self.env["sale.order"].concat(*(self.ref(f"quotation_{key}") for key in keys))
        orders = orders.with_user(orders[0].user_id).with_context(credit_interactive=True)
        orders.action_confirm()
        return ["held" if order.credit_hold_state == "held" else order.state for order in orders]

    def test_the_ledger_is_balanced(self):
        lines = self.env["account.move.line"]
        [total] = lines._read_group([("parent_state", "=", "posted")], [], ["balance:sum"])
        self.assertAlmostEqual(total[0], 0.0, places=2)

    def test_every_bucket_of_the_aging_has_something(self):
        today = fields.Date.today()
        lines = self.env["account.move.line"].search([
            ("parent_state", "=", "posted"),
            ("account_id.account_type", "=", "asset_receivable"),
            ("amount_residual", ">", 0),
        ])
        late = [(today - (line.date_maturity or line.date)).days for line in lines]
        bounds = ((-999, 0), (1, 30), (31, 60), (61, 90), (91, 120), (121, 999))
        self.assertTrue(all(any(low <= days <= high for days in late) for low, high in bounds), sorted(late))

    def test_every_column_of_aged_receivables_has_something(self):
        items = self.env["credit.open.item"].with_context(
            credit_aging_is_cover_shown=True, credit_aging_is_since_shown=True,
        )
        aging = items.read_summary()
        empty = [name for name in (*(column["name"] for column in aging["columns"]), "amount_credits", "amount_advance",
                                   "amount_beside", "amount_covered") if not aging["totals"][name]]
        self.assertEqual(empty, [])
        kinds = {row["kind"] for row in aging["beside"]}
        self.assertEqual(kinds, {"nobody", "other", "exchange"})
        self.assertFalse([row for row in aging["tie"] if row["difference"]])
        marks = " ".join(filter(None, items.search([("kind", "=", "trade")]).mapped("marks")))
        for mark in ("Disputed", "Promised", "Covered"):
            self.assertIn(mark, marks)
        for groupby in ("tags", "analytic_account_id", "group_id", "rating_id"):
            self.assertGreater(len(items._read_group([], [groupby])), 2, groupby)

    def test_an_extended_invoice_is_later_by_its_original_date(self):
        items = self.env["credit.open.item"].with_context(credit_aging_basis="original")
        moved = items.search([("partner_id", "=", self.ref("customer_nore").id)]).filtered(
            lambda item: item.date_original and item.date_original < item.date_due
        )
        self.assertEqual({(item.date_due - item.date_original).days for item in moved}, {30})

    def test_exposures_of_the_stories(self):
        expected = {"bantry": 6150, "youghal": 4920, "kinsale": 4920, "dingle": 4920, "lismore": 6150}
        found = {ref: self.ref(f"profile_{ref}").amount_exposure for ref in expected}
        self.assertEqual(found, expected)

    def test_statements_of_each_kind_and_an_auditors_run(self):
        kinds = {kind: self.ref(f"statement_{kind}").kind for kind in ("open", "moved", "delivered", "group")}
        self.assertEqual(
            kinds, {"open": "open", "moved": "movements", "delivered": "delivered", "group": "open"}
        )
        self.assertEqual(self.ref("statement_moved").state, "agreed")
        self.assertEqual(self.ref("statement_differs").line_ids.filtered("is_contested").amount_difference, 615.0)
        self.assertEqual(self.ref("statement_group").amount_total, 12300.0)
        run = self.ref("confirmation_quarter")
        self.assertEqual((run.letter_count, run.agreed_count, run.differs_count, run.tested_count), (6, 1, 1, 1))

    def test_a_customer_of_each_kind(self):
        expected = {"rosslare": -442.8, "lagan": -1230.0, "achill": 2460.0, "burren": 3690.0}
        self.assertEqual({ref: self.ref(f"profile_{ref}").amount_exposure for ref in expected}, expected)
        self.assertEqual(self.ref("bounced_burren").state, "rejected")
        self.assertEqual(self.ref("profile_achill").days_overdue_max, 400)
        self.assertEqual(self.ref("profile_corrib").account_status, "watch")
        family = self.ref("family_lough")
        self.assertEqual((family.amount_exposure, family.amount_limit), (12300.0, 12300.0))

    def test_the_company_in_dover_grants_its_credit_in_pounds(self):
        dover = self.ref("company_dover")
        self.assertEqual((dover.currency_id.name, dover.parent_id), ("GBP", self.env["res.company"]))
        thames = self.env["credit.profile"].search([("partner_id", "=", self.ref("customer_thames").id)])
        self.assertEqual((thames.company_id, thames.currency_id.name), (dover, "GBP"))
        self.assertEqual((thames.amount_exposure, thames.amount_limit), (3000.0, 8000.0))
        orders = self.ref("quotation_thames") + self.ref("quotation_medway")
        of_dover = [("company_id", "=", dover.id)]
        if "stock.warehouse" in self.env and not self.env["stock.warehouse"].search(of_dover, limit=1):
            give_warehouse(self.env, dover, "DOV")  # stock came after the company
            orders.warehouse_id = self.env["stock.warehouse"].search(of_dover, limit=1)
        self.assertEqual([(order.amount_total, order.currency_id.name) for order in orders],
                         [(4300.0, "GBP"), (5160.0, "GBP")])
        self.assertEqual([self.confirm(key) for key in ("thames", "medway")], [["sale"], ["held"]])

    def test_what_is_held_from_the_start(self):
        for key, quotation in QUOTATIONS.items():
            state = self.ref(f"quotation_{key}").credit_hold_state
            self.assertEqual(state, "held" if quotation.is_held else False, key)

    def test_quotations_that_pass(self):
        for key in ("within_limit", "unlimited", "no_limit", "renminbi", "prepaid", "credit_balance"):
            self.assertEqual(self.confirm(key), ["sale"], key)

    def test_quotations_that_are_held(self):
        for key in ("over_limit", "branch", "until_paid", "cash", "portal", "at_limit", "old_debt", "bounced"):
            self.assertEqual(self.confirm(key), ["held"], key)

    def test_promises_covers_and_dunning_levels_do_what_the_readme_says(self):
        self.assertEqual([self.ref(f"promise_{ref}").state for ref in ("greenway", "quayside")], ["broken", "open"])
        self.assertEqual([self.ref(f"cover_{ref}").state for ref in ("rheinbau", "maas")], ["valid", "expired"])
        self.assertEqual(self.ref("profile_atlantic").dunning_level, 3)
        for key, criterion in (("dunned", "dunning_level"), ("promised", "broken_promise")):
            self.assertEqual(self.confirm(key), ["held"], key)
            findings = self.ref(f"quotation_{key}").sudo().credit_hold_id.decision_id.findings
            self.assertIn(criterion, [finding["criterion"] for finding in findings])
        self.assertIn("cover_expired", self.ref("quotation_uncovered").credit_panel["criteria"])
        self.assertEqual(self.confirm("uncovered"), ["sale"])

    def test_a_deposit_is_asked_for_and_the_order_goes_on_with_it(self):
        order = self.ref("quotation_deposit")
        self.assertEqual((order.amount_total, order._get_prepayment_required_amount()), (1230.0, 369.0))
        self.assertEqual(self.confirm("deposit"), ["held"])
        stops = [one for one in order.sudo().credit_hold_id.decision_id.findings if one["effect"] == "hold"]
        self.assertEqual([one["criterion"] for one in stops], ["deposit_missing"])
        payment = self.env["account.payment"].create({
            "payment_type": "inbound", "partner_id": order.partner_id.id, "amount": 369.0, "memo": order.name,
        })
        payment.action_post()
        self.env.cr.precommit.run()
        self.assertEqual(order.state, "sale")

    def test_a_key_account_is_assessed_and_its_order_goes_through(self):
        profile, order = self.ref("profile_valentia"), self.ref("quotation_assessed")
        score = self.env["credit.score"].search([("profile_id", "=", profile.id)], order="date desc, id desc", limit=1)
        self.assertEqual((score.score, score.coverage, score.rating_id.name), (71.18, 85.0, "A"))
        self.assertEqual((profile.rating_id.name, order.credit_hold_state), ("B", "held"))
        assessment = self._assess(profile)
        self.assertEqual(assessment.missing_text, "Financial statements, Outside rating")
        self._import_accounts(assessment)
        self.assertEqual((assessment.score, assessment.coverage, assessment.amount_proposed), (75.5, 100.0, 62000.0))
        assessment.reason = "Safe by its accounts"
        assessment.action_take_proposed()
        follows = {row["name"]: (row["now"], row["then"]) for row in assessment.follows["rows"]}
        self.assertEqual(follows["terms"], ("up to 45 days", "up to 60 days"))
        self.assertEqual(follows["documents"], ("45 Days instead of 60 Days", "60 Days"))
        self.assertEqual(follows["deposit"][1], "none")
        assessment.action_submit()
        assessment.with_user(self.ref("user_manager")).action_approve()
        self.env.cr.precommit.run()
        self.assertEqual((profile.rating_id.name, profile.amount_limit, order.state), ("A", 62000.0, "sale"))

    def _assess(self, profile):
        controller = self.ref("user_controller")
        action = profile.with_user(controller).action_assess()
        return self.env["credit.assessment"].with_user(controller).browse(action["res_id"])

    def _import_accounts(self, assessment):
        """Upload the workbook that the customer has sent."""
        sent = assessment.message_ids.attachment_ids
        wizard = self.env["credit.financials.import"].with_user(self.ref("user_controller")).create({
            "file": sent.datas, "file_name": sent.name,
            "mapping_id": self.env.ref("credit_management.financials_mapping_english").id,
        })
        wizard.action_check()
        wizard.action_import()

    def test_a_weak_customer_gets_30_days_instead_of_60(self):
        order = self.ref("quotation_shortened")
        self.assertEqual(order.payment_term_id.credit_days_max, 30)
        self.assertEqual(order.credit_terms_before_id.credit_days_max, 60)

    def test_what_was_paid_late_waits_for_a_decision(self):
        claims = self.env["credit.dunning.claim"].search([("state", "=", "draft")])
        self.assertEqual(set(claims.mapped("kind")), {"compensation", "interest"})

    def test_a_hospital_holds_five_percent_back(self):
        kept = self.env["account.move.line"].search([("credit_is_retention", "=", True)])
        self.assertEqual(kept.amount_residual, 400.0)

    def test_of_a_batch_two_pass_and_the_third_is_held(self):
        self.assertEqual(self.confirm("batch_1", "batch_2", "batch_3"), ["sale", "sale", "held"])

    def test_a_payment_frees_the_held_order(self):
        self.assertEqual(self.confirm("until_paid"), ["held"])
        self.pay("kinsale", 4920)
        self.env.cr.precommit.run()  # holds are looked at again before the payment is committed
        self.assertEqual(self.ref("quotation_until_paid").state, "sale")

    def test_customers_can_pay_at_the_portal_with_the_test_provider(self):
        buyer, company = self.ref("user_portal").partner_id, self.env.ref("base.main_company")
        providers = self.env["payment.provider"].sudo()._get_compatible_providers(
            company.id, buyer.id, 6150.0, currency_id=company.currency_id.id
        )
        self.assertIn("demo", providers.mapped("code"))

    def pay(self, customer, amount):
        """Register the payment of the customer's only open invoice, as the accountant does."""
        invoice = self.env["account.move"].search([
            ("commercial_partner_id", "=", self.ref(f"customer_{customer}").id), ("amount_residual", ">", 0),
        ])
        self.assertEqual(invoice.amount_residual, amount)
        register = self.env["account.payment.register"].with_user(self.ref("user_accountant"))
        register = register.with_context(active_model="account.move", active_ids=invoice.ids)
        register.create({}).action_create_payments()
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))

    def test_the_manager_gets_the_aging_of_each_month(self):
        schedule = self.env.ref("credit_management_demo.mailing_manager")
        self.assertEqual(schedule.date_next.day, 1)
        self.assertIn("PDF of totals and Excel to Max Manager", schedule.preview)
        schedule.with_user(self.env.ref("credit_management_demo.user_accountant")).action_send_now()
        [mailing] = self.env["credit.aging.mailing"].search([("schedule_id", "=", schedule.id)])
        self.assertEqual(len(mailing.attachment_ids), 2)

    def test_two_changes_wait_for_the_manager(self):
        changes = self.env["credit.change"].search([("state", "=", "waiting")], order="id")
        ignored = format_date(self.env, fields.Date.today() + timedelta(days=14))
        self.assertEqual(changes.mapped("summary"), [
            "Limit Amount: 20,000.00 → 24,000.00", f"Ignore Until: – → {ignored}",
        ])
        self.assertEqual(changes.activity_ids.user_id, self.ref("user_manager"))
        self.assertEqual(self.ref("family_celtic").amount_limit, 20000.0)

    def test_one_limit_waits_and_one_runs_for_six_weeks(self):
        every = self.env["credit.limit.request"].search([], order="id")
        caps = every.filtered(lambda request: request.kind == "cap")
        self.assertEqual(sorted(caps.mapped("state")), ["approved", "approved", "submitted"])
        requests = every - caps
        self.assertEqual(requests.mapped("state"), ["approved", "submitted"])
        self.assertEqual(requests[1].activity_ids.user_id, self.ref("user_manager"))
        profile = self.ref("profile_ballymore")
        self.assertEqual((profile.amount_limit, profile.amount_limit_effective), (12000.0, 15000.0))

    def test_a_dunning_run_of_today_is_there_for_the_accountant_to_look_at(self):
        run = self.env["credit.dunning.run"].search([("date", "=", fields.Date.today())])
        self.assertEqual(run.user_id, self.ref("user_accountant"))
        self.assertFalse(run.notice_ids.filtered(lambda notice: notice.state == "sent"))

    def test_a_run_of_two_weeks_ago_was_sent_and_shows_what_became_of_it(self):
        run = self.env["credit.dunning.run"].search([("state", "=", "done")])
        by_customer = {notice.partner_id: notice for notice in run.notice_ids}
        states = {key: by_customer[self.ref(f"customer_{key}")].state for key in ("tramore", "bray", "tralee")}
        self.assertEqual(states, {"tramore": "sent", "bray": "sent", "tralee": "unknown"})
        self.assertTrue(by_customer[self.ref("customer_bray")].date_paused_to)
        paid = self.env["credit.notice.result"].search([("partner_id", "=", self.ref("customer_tramore").id)])
        self.assertEqual(sum(paid.mapped("amount_7")), sum(paid.mapped("amount")))
        self.assertTrue(paid)

    def test_nobody_was_written_to(self):
        self.assertFalse(self.env["mail.mail"].search_count([]))
