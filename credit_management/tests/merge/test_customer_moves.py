"""Merged customers, new parents, and what can still be sold."""

from datetime import timedelta

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import tagged

from ..change.test_loosening import LooseningCommon
from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestMerge(CreditCommon):
    def merge(self, source, target):
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((source | target).ids, target)

    def test_debts_holds_decisions_and_limit_are_kept(self):
        self.make_policy("limit_exceeded")
        source, target = self.make_customer(1000, "Twin A"), self.make_customer(None, "Twin B")
        self.make_invoice(source, 700)
        self.make_invoice(target, 200)
        order = self.make_held(source, 500)
        decisions = self.env["credit.log"].search([("customer_ref", "=", source.id), ("kind", "=", "check")])
        self.merge(source, target)
        profile = self.profile_of(target)
        self.assertEqual(self.exposure(target), 900)
        self.assertEqual((profile.limit_type, profile.amount_limit), ("amount", 1000))
        self.assertEqual(self.hold_of(order).profile_id, profile)
        self.assertTrue(decisions)
        self.assertLessEqual(decisions, profile.log_ids)  # they keep the number and the name of then
        self.assertEqual(decisions[0].customer_name, "Twin A")
        merge = self.env["credit.log"].search([("kind", "=", "merge"), ("customer_ref", "=", source.id)])
        self.assertEqual((merge.value_before, merge.value_after), ("Twin A", "Twin B"))
        self.assertEqual(merge.company_ref, self.company.id)  # the names are nobody else's to read

    def test_the_limit_of_the_customer_that_stays_stays(self):
        source, target = self.make_customer(1000, "Twin A"), self.make_customer(300, "Twin B")
        self.merge(source, target)
        self.assertEqual(self.profile_of(target).amount_limit, 300)

    def test_the_stricter_limit_stays_with_its_own_temporary_one(self):
        source, target = self.make_customer(300, "Twin A"), self.make_customer(1000, "Twin B")
        for customer in (source, target):
            request = self.env["credit.limit.request"].create(
                {
                    "profile_id": self.profile_of(customer).id, "kind": "increment", "amount": 500, "reason": "Season",
                    "date_from": self.today, "date_to": self.today + timedelta(days=7),
                }
            )
            request.action_submit()
            request.with_user(self.make_user("manager", login=f"m{customer.id}")).action_approve()
        self.merge(source, target)
        self.assertEqual(self.profile_of(target).amount_limit, 300)
        self.assertEqual(self.figures(target)["amount_limit_effective"], 800)

    def test_a_lower_limit_of_the_rating_is_stricter_than_an_own_one(self):
        ratings = self.env["credit.rating"].create(
            [
                {"name": "A", "sequence": 1, "limit_type": "amount", "amount_limit": 5000},
                {"name": "D", "sequence": 9, "limit_type": "amount", "amount_limit": 200},
            ]
        )
        source = self.make_customer(None, "Twin A", rating_id=ratings[1].id)
        target = self.make_customer(1000, "Twin B", rating_id=ratings[0].id)
        self.merge(source, target)
        profile = self.profile_of(target)
        self.assertEqual(profile.rating_id, ratings[1])
        self.assertEqual(self.figures(target)["amount_limit_effective"], 200)

    def test_a_worse_rating_plans_no_later_review_than_there_was(self):
        """D is reviewed each month; the one that stays was due three days ago."""
        worse = self.env["credit.rating"].create({"name": "D", "sequence": 9, "months_review": 1})
        better = self.env["credit.rating"].create({"name": "A", "sequence": 1, "months_review": 12})
        source = self.make_customer(1000, "Twin A", rating_id=worse.id)
        target = self.make_customer(1000, "Twin B", rating_id=better.id)
        overdue = self.today - timedelta(days=3)
        self.profile_of(target).date_review_next = overdue
        self.profile_of(source).date_review_next = self.today + timedelta(days=300)
        self.merge(source, target)
        profile = self.profile_of(target)
        self.assertEqual((profile.rating_id, profile.date_review_next), (worse, overdue))

    def make_own_policy(self, percent):
        policy = self.make_policy("deposit_missing", percent_deposit=percent, scope="customer", name=f"{percent} %")
        return policy.id

    def test_the_policy_with_the_higher_deposit_binds(self):
        """30 % for one, 10 % for the other: 30 %, whoever stays."""
        high, low = self.make_own_policy(30), self.make_own_policy(10)
        for number, (merged, stays) in enumerate(((high, low), (low, high))):
            source = self.make_customer(None, f"Merged {number}", policy_id=merged)
            target = self.make_customer(None, f"Stays {number}", policy_id=stays)
            self.merge(source, target)
            self.assertEqual(self.profile_of(target).policy_id.percent_deposit, 30.0)

    def test_a_looser_own_policy_does_not_take_over_who_was_under_that_of_everybody(self):
        """30 % for everybody, 10 % for the one that stays: 30 % for both."""
        self.make_policy("deposit_missing", percent_deposit=30)
        source = self.make_customer(None, "Like everybody")
        target = self.make_customer(None, "Special", policy_id=self.make_own_policy(10))
        self.merge(source, target)
        profile = self.profile_of(target)
        self.assertFalse(profile.policy_id)
        [policy] = self.env["credit.policy"]._get_for_profiles(profile, self.today).values()
        self.assertEqual(policy.percent_deposit, 30.0)

    def test_a_policy_without_a_rule_on_deposits_asks_for_none(self):
        """50 % is written on it and no rule looks: 10 % is the stricter."""
        idle = self.make_policy("limit_exceeded", percent_deposit=50, scope="customer", name="Idle").id
        source = self.make_customer(None, "Asked", policy_id=self.make_own_policy(10))
        target = self.make_customer(None, "Not asked", policy_id=idle)
        self.merge(source, target)
        self.assertEqual(self.profile_of(target).policy_id.percent_deposit, 10.0)

    def test_nothing_is_lifted_by_merging(self):
        group = self.env["credit.group"].create({"name": "Family", "amount_limit": 100})
        soon, later = self.today + timedelta(days=5), self.today + timedelta(days=50)
        source = self.make_customer(1000, "Bad", account_status="stop", status_reason="Insolvency", dunning_level_set=3,
                                    group_id=group.id, date_review_next=soon, date_limit_expiry=soon,
                                    is_dunning_level_set=True)
        target = self.make_customer(1000, "Good", is_excluded=True, date_ignore_until=later, date_review_next=later)
        self.merge(source, target)
        profile = self.profile_of(target)
        self.assertEqual((profile.account_status, profile.status_reason), ("stop", "Insolvency"))
        self.assertEqual((profile.dunning_level, profile.group_id), (3, group))
        self.assertEqual((profile.date_review_next, profile.date_limit_expiry), (soon, soon))
        self.assertEqual((profile.is_excluded, profile.date_ignore_until), (False, False))

    def test_a_salesperson_does_not_merge_debts_away(self):
        self.make_policy("limit_exceeded")
        source, target = self.make_customer(1000, "Twin A"), self.make_customer(50000, "Twin B")
        self.make_invoice(source, 700)
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.make_user("sales"))
        with self.assertRaisesRegex(AccessError, "credit controller"):
            wizard.create({})._merge((source | target).ids, target)
        self.make_customer(1000, "Twin C").with_user(wizard.env.user)._credit_check_merge(target)

    def test_no_row_of_any_table_is_lost(self):
        source, target = self.make_customer(1000, "Twin A"), self.make_customer(1000, "Twin B")
        merged, kept = self.profile_of(source), self.profile_of(target)
        merged.message_post(body="Said on the phone: pays in May")
        for profile, amount in ((merged, 700), (kept, 200)):
            self.env["credit.snapshot"].sudo().create(
                {"profile_id": profile.id, "company_id": self.company.id, "date": self.today, "amount_exposure": amount}
            )
        self.env["credit.snapshot"].sudo().create(
            {"profile_id": merged.id, "company_id": self.company.id, "date": "2024-01-01", "amount_exposure": 50}
        )
        tables = {(Model._name, field.name) for Model, field in merged._get_references()}
        names = ("hold", "release", "promise", "cover", "snapshot", "behaviour", "limit.request")
        self.assertGreaterEqual(tables, {(f"credit.{name}", "profile_id") for name in names})
        self.merge(source, target)
        past = self.env["credit.snapshot"].search([("profile_id", "=", kept.id)], order="date")
        self.assertEqual(past.mapped("amount_exposure"), [50, 900])
        self.assertIn("pays in May", "".join(kept.message_ids.mapped("body")))
        self.assertIn("Twin A", "".join(kept.message_ids.mapped("body")))

    def test_two_customers_become_one_that_had_no_file(self):
        sources = self.make_customer(300, "Twin A") | self.make_customer(1000, "Twin B")
        target = self.env["res.partner"].create({"name": "New", "is_company": True})
        for source in sources:
            self.make_invoice(source, 100)
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((sources | target).ids, target)
        self.assertEqual(self.profile_of(target).amount_limit, 300)
        self.assertEqual(self.exposure(target), 200)

    def test_a_whole_customer_s_release_does_not_cover_the_other_s_documents(self):
        source, target = self.make_customer(1000, "Twin A"), self.make_customer(1000, "Twin B")
        profile = self.profile_of(target)
        release = self.env["credit.release"].sudo().create(
            {
                "profile_id": profile.id, "reason_id": self.reason.id, "user_id": self.env.uid, "amount_max": 9000,
                "date_until": self.today,
            }
        )
        self.merge(source, target)
        self.assertEqual((release.profile_id, release.state), (profile, "void"))

    def test_a_file_stays_with_its_customer_and_company(self):
        rich, poor = self.profile_of(self.make_customer(9000, "Rich")), self.make_customer(None, "Poor")
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.profile_of(poor).unlink()
        controller = self.make_user("controller")
        for vals in ({"partner_id": poor.id}, {"company_id": other.id}):
            for profile in (rich, rich.with_user(controller)):
                with self.assertRaises(UserError):
                    profile.write(vals)
        rich.write({"partner_id": rich.partner_id.id})


@tagged("post_install", "-at_install")
class TestNewParent(CreditCommon):
    def test_what_a_customer_owes_counts_for_its_new_parent(self):
        child, parent = self.make_customer(1000, "Child"), self.make_customer(5000, "Parent")
        self.make_invoice(child, 700)
        self.make_invoice(parent, 100)
        child.write({"is_company": False, "parent_id": parent.id})
        self.assertEqual(self.exposure(parent), 800)
        old = self.env["credit.profile"].with_context(active_test=False).search([("partner_id", "=", child.id)])
        self.assertFalse(old.active)

    def test_a_salesperson_cannot_hide_debts_behind_another_limit(self):
        self.make_policy("limit_exceeded")
        child, parent = self.make_customer(1000, "Child"), self.make_customer(50000, "Parent")
        self.make_invoice(child, 700)
        with self.assertRaisesRegex(UserError, "700.00"):
            child.with_user(self.make_user("sales")).write({"is_company": False, "parent_id": parent.id})

    def test_what_is_owed_is_seen_in_an_archived_file_too(self):
        """Delivered goods of an order that was cancelled since are on no open document."""
        self.make_policy("limit_exceeded")
        child, parent = self.make_customer(1000, "Child"), self.make_customer(50000, "Parent")
        order = self.make_confirmed(child, 700, product=self.delivered_article)
        self.deliver(order.order_line, 1)
        order._action_cancel()
        self.assertExposure(child, 700)
        self.profile_of(child).active = False
        with self.assertRaisesRegex(UserError, "700.00"):
            child.with_user(self.make_user("sales")).write({"is_company": False, "parent_id": parent.id})

    def test_a_draft_invoice_goes_with_its_customer(self):
        child, parent = self.make_customer(1000, "Child"), self.make_customer(5000, "Parent")
        draft = self.make_invoice(child, 300, post=False)
        child.write({"is_company": False, "parent_id": parent.id})
        self.assertEqual((self.exposure(parent), draft.commercial_partner_id), (300, parent))

    def test_a_contact_with_a_draft_invoice_is_not_moved_by_a_salesperson(self):
        """Its invoice would be asked of one customer and be owed by another one."""
        self.make_policy("limit_exceeded")
        poor, rich = self.make_customer(100, "Poor"), self.make_customer(50000, "Rich")
        contact = self.env["res.partner"].create({"name": "Buyer", "parent_id": poor.id})
        draft = self.make_invoice(contact, 10000, post=False)
        with self.assertRaisesRegex(UserError, "Buyer has open orders, invoices or payments"):
            contact.with_user(self.make_user("sales")).parent_id = rich
        with self.assertRaises(UserError), self.env.cr.savepoint():
            draft.action_post()
        contact.parent_id = rich
        draft.action_post()
        self.assertEqual((self.exposure(poor), self.exposure(rich)), (0, 10000))


    def test_a_contact_that_has_paid_is_not_moved_by_a_salesperson(self):
        """One euro serves one order: not one of each customer whose contact it is in turn."""
        self.make_policy("limit_exceeded")
        first, second = self.make_customer(0, "First"), self.make_customer(0, "Second")
        contact = self.env["res.partner"].create({"name": "Buyer", "parent_id": first.id})
        self.receive(contact, 1000)
        seller = self.make_user("sales")
        order = self.make_order(first, 1000)
        self.confirm(order, seller)
        self.assertConfirmed(order)
        with self.assertRaisesRegex(UserError, "Buyer has open orders, invoices or payments"), self.env.cr.savepoint():
            contact.with_user(seller).parent_id = second
        with self.assertRaises(UserError), self.env.cr.savepoint():
            contact.with_user(seller).write({"is_company": True, "parent_id": False})
        self.assertEqual((self.exposure(first), self.exposure(second)), (0, 0))


@tagged("post_install", "-at_install")
class TestMoveOfWhatIsChecked(LooseningCommon):
    """A customer on stop owes 700; its parent to be has a high limit, and goods go to whoever is not on stop."""

    def setUp(self):
        super().setUp()
        self.parent = self.make_customer(50000, "Rich")
        self.values = {"parent_id": self.parent.id, "is_company": False}
        self.make_invoice(self.customer, 700)
        self.profile.sudo().write({"account_status": "stop", "status_reason": "Insolvency"})
        self.authority.sudo().is_unlimited = True
        self.rows = [("kind", "=", "change"), ("res_model", "=", "res.partner"), ("res_id", "=", self.customer.id)]

    def assertGuarded(self, user):  # noqa: N802
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            self.customer.with_user(user).write(self.values)
        self.assertEqual((self.exposure(self.customer), self.exposure(self.parent)), (700, 0))

    def test_it_takes_a_second_person(self):
        change = self.ask(self.customer, self.values)
        self.assertTrue(change.is_any)
        self.assertIn("Rich", change.summary)
        self.assertEqual(change.company_id, self.company)
        change.with_user(self.colleague).action_apply()
        self.assertEqual(self.exposure(self.parent), 700)
        self.assertEqual(self.env["credit.log"].search(self.rows, limit=1).person_ref, self.colleague.id)

    def test_where_it_is_told_it_is_logged(self):
        self.company.sudo().credit_second_person = "told"
        self.customer.with_user(self.manager).write(self.values)
        row = self.env["credit.log"].search([*self.rows, ("value_after", "=", "Rich")])
        self.assertEqual((row.person_ref, row.verdict, row.customer_name), (self.manager.id, "looser", "Customer"))

    def test_nobody_moves_the_own_customer_nor_to_the_own_customer(self):
        self.company.sudo().credit_second_person = "told"
        self.customer.user_id = self.manager
        self.assertGuarded(self.manager)
        self.parent.user_id = self.colleague
        self.assertGuarded(self.colleague)

    def test_a_file_without_debts_is_moved_by_credit_only(self):
        customer = self.make_customer(100, "Small")
        with self.assertRaisesRegex(UserError, "credit file of its own"), self.env.cr.savepoint():
            customer.with_user(self.make_user("sales")).write(self.values)

    def test_contacts_move_freely_and_unseen(self):
        contact = self.env["res.partner"].create({"name": "Contact", "parent_id": self.customer.id})
        contact.with_user(self.make_user("sales")).parent_id = self.parent
        of_contact = [("res_model", "=", "res.partner"), ("res_id", "=", contact.id)]
        self.assertFalse(self.env["credit.log"].search(of_contact))


@tagged("post_install", "-at_install")
class TestMergeOfWhatIsChecked(LooseningCommon):
    """Poor has a limit of 1,000 and a contact with an order of 200; Rich has a limit of 50,000 and a contact, too."""

    def setUp(self):
        super().setUp()
        self.authority.sudo().is_unlimited = True
        self.controller = self.make_user("controller")
        self.rich = self.make_customer(50000, "Rich")
        self.buyer = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        self.contact = self.env["res.partner"].create({"name": "Contact", "parent_id": self.rich.id})
        self.order = self.make_confirmed(self.buyer, 200)

    def merge(self, source, target, user):
        # where there is a website, merging reads its visitors
        if websites := self.env.ref("website.group_website_designer", raise_if_not_found=False):
            user.sudo().group_ids += websites
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user).create({})
        wizard._merge((source | target).ids, target.with_user(user))

    def assertMoveFirst(self, source, target):  # noqa: N802
        for user in (self.controller, self.manager):
            with self.assertRaisesRegex(UserError, "Make it a contact of Rich first"), self.env.cr.savepoint():
                self.merge(source, target, user)

    def test_nobody_moves_orders_alone_by_merging_a_contact(self):
        for target in (self.contact, self.rich):
            self.assertMoveFirst(self.buyer, target)
        self.assertEqual((self.exposure(self.customer), self.exposure(self.rich)), (200, 0))

    def test_a_person_that_owes_does_not_become_a_contact_by_merging(self):
        person = self.make_customer(1000, "Person")
        person.is_company = False
        self.make_invoice(person, 700)
        self.assertMoveFirst(person, self.contact)
        self.assertEqual((self.exposure(person), self.exposure(self.rich)), (700, 0))

    def test_a_contact_that_two_persons_have_moved_is_merged(self):
        change = self.ask(self.buyer, {"parent_id": self.rich.id})
        change.with_user(self.colleague).action_apply()
        self.merge(self.buyer, self.contact, self.controller)
        self.assertEqual((self.exposure(self.customer), self.exposure(self.rich)), (0, 200))

    def test_a_contact_without_anything_is_merged_freely(self):
        other = self.env["res.partner"].create({"name": "Other", "parent_id": self.customer.id})
        self.merge(other, self.contact, self.make_user("sales", login="cleaner"))

    def test_who_sold_to_a_merged_customer_sells_to_what_it_became(self):
        """First sells to Poor: Poor's limit is not First's to raise, nor that of the one it is merged into."""
        self.customer.user_id = self.manager
        self.rich.user_id = self.colleague
        self.merge(self.customer, self.rich, self.controller)
        self.assertIn(self.manager, self.rich._credit_get_sellers())

    def test_a_merge_leaves_no_room_in_a_credit_group(self):
        """A owes 800 in a group of 1,000, of which its mate has 200 left: it does not leave by a merge."""
        group, small = self.env["credit.group"].create(
            [{"name": "Family", "amount_limit": 1000}, {"name": "Small", "amount_limit": 900}]
        )
        source = self.make_customer("unlimited", "A", group_id=group.id)
        target = self.make_customer("unlimited", "B", group_id=small.id)
        self.make_invoice(source, 800)
        with self.assertRaisesRegex(UserError, "different credit groups.*Family, Small"):
            self.merge(source, target, self.controller)
        self.assertEqual((self.profile_of(source).group_id, self.exposure(target)), (group, 0))


@tagged("post_install", "-at_install")
class TestForecast(CreditCommon):
    """Limit 1,000; 400 due in 10 days, 300 due in 40 days: 300 can be sold today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000, "Forecast Ltd")
        cls.make_invoice(cls.customer, 400, days_overdue=-10)
        cls.make_invoice(cls.customer, 300, days_overdue=-40)

    def forecast(self, days, days_late=0):
        return self.env["credit.profile.forecast"].create(
            {
                "profile_id": self.profile_of(self.customer).id,
                "date": self.today + timedelta(days=days),
                "days_late": days_late,
            }
        )

    def test_what_is_due_by_then_is_expected_to_be_paid(self):
        self.assertEqual(self.forecast(0).amount_available_now, 300)
        for days, available in ((9, 300), (10, 700), (39, 700), (40, 1000)):
            self.assertEqual(self.forecast(days).amount_available_then, available, f"in {days} days")

    def test_usual_lateness_moves_the_payments(self):
        self.assertEqual(self.forecast(14, days_late=5).amount_available_then, 300)
        self.assertEqual(self.forecast(15, days_late=5).amount_available_then, 700)

    def test_a_temporary_limit_counts_between_its_dates(self):
        request = self.env["credit.limit.request"].create(
            {
                "profile_id": self.profile_of(self.customer).id, "kind": "increment", "amount": 500, "reason": "Season",
                "date_from": self.today + timedelta(days=5), "date_to": self.today + timedelta(days=7),
            }
        )
        request.action_submit()
        request.with_user(self.make_user("manager")).action_approve()
        for days, available in ((4, 300), (5, 800), (7, 800), (8, 300)):
            self.assertEqual(self.forecast(days).amount_available_then, available, f"in {days} days")

    def test_the_weeks_are_listed(self):
        lines = self.forecast(30).line_ids
        self.assertEqual(len(lines), 9)
        self.assertEqual(lines[0].amount_available, 300)
        self.assertEqual(lines[2].amount_available, 700)


@tagged("post_install", "-at_install")
class TestPaymentIndex(CreditCommon):
    def pay_late(self, partner, amount, days, ago=0):
        """Settle an invoice a number of days after its due date, today or some days ago."""
        invoice = self.make_invoice(partner, amount, days_overdue=days + ago)
        self._register_payment(invoice, payment_date=self.today - timedelta(days=ago))

    def test_the_index_weighs_lateness_by_amount(self):
        customer = self.make_customer(None, "Index Ltd")
        self.pay_late(customer, 100000, 0)
        self.pay_late(customer, 50000, 15)
        self.assertFalse(self.profile_of(customer).has_payment_index)
        self.pay_late(customer, 50000, 30)
        profile = self.profile_of(customer)
        profile.invalidate_recordset()
        self.assertTrue(profile.has_payment_index)
        self.assertEqual(profile.payment_index, 70)

    def test_what_is_overdue_today_counts_at_todays_lateness(self):
        customer = self.make_customer(None, "Stopped paying")
        for _number in range(3):
            self.pay_late(customer, 100, 0)
        self.make_invoice(customer, 300, days_overdue=60)
        self.assertEqual(self.profile_of(customer).payment_index, 60)

    def test_the_index_of_last_night_stands_until_the_next(self):
        customer = self.make_customer(None, "Index Ltd")
        for _number in range(3):
            self.pay_late(customer, 100, 0, ago=1)
        profile = self.profile_of(customer)
        self.env["credit.behaviour"]._keep(profile, self.today)
        self.make_invoice(customer, 300, days_overdue=60)
        self.assertEqual(profile._get_payment_indexes(self.today), {profile.id: 80.0})
        self.env["credit.behaviour"]._keep(profile, self.today)
        self.assertEqual(profile._get_payment_indexes(self.today), {profile.id: 60.0})

    def test_an_index_that_was_not_renewed_for_days_is_worked_out_on_the_spot(self):
        customer = self.make_customer(None, "Index Ltd")
        profile = self.profile_of(customer)
        self.env["credit.behaviour"]._keep(profile, self.today - timedelta(days=3))
        for _number in range(3):
            self.pay_late(customer, 100, 0)
        self.assertEqual(profile._get_payment_indexes(self.today), {profile.id: 80.0})

    def test_the_nightly_job_keeps_the_behaviour_of_everybody_once(self):
        customer = self.make_customer(None, "Index Ltd")
        profile = self.profile_of(customer)
        for _run in range(2):
            with self.enter_registry_test_mode():
                self.env.ref("credit_management.cron_keep_behaviour").method_direct_trigger()
        self.env.invalidate_all()
        kept = self.env["credit.behaviour"].search([("profile_id", "=", profile.id)])
        self.assertEqual((len(kept), kept.date, kept.has_payment_index), (1, self.today, False))

    def test_a_rule_on_the_index_stops_below_and_not_at_its_value(self):
        customer = self.make_customer(None, "Index Ltd")
        for _number in range(3):
            self.pay_late(customer, 100, 15)
        policy = self.make_policy({"criterion": "payment_index", "percent": 70})
        self.assertConfirmed(self.make_confirmed(customer, 10))
        policy.rule_ids.percent = 71
        order = self.make_order(customer, 10)
        self.confirm(order)
        self.assertHeld(order)
        self.assertIn("70", order.credit_hold_reason)


@tagged("post_install", "-at_install")
class TestForecastOfOverdue(CreditCommon):
    """Limit 1,000; 400 overdue for 20 days: 600 can be sold today, 1,000 when it is paid."""

    def test_what_is_overdue_is_not_expected_before_a_week_from_now(self):
        customer = self.make_customer(1000, "Late Ltd")
        self.make_invoice(customer, 400, days_overdue=20)
        for days, available in ((0, 600), (6, 600), (7, 1000)):
            forecast = self.env["credit.profile.forecast"].create(
                {
                    "profile_id": self.profile_of(customer).id,
                    "date": self.today + timedelta(days=days),
                    "days_late": 0,
                }
            )
            self.assertEqual(forecast.amount_available_then, available, f"in {days} days")
