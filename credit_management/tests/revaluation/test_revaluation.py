"""Many limits in one journal: found together, approved by another person one by one or all, each changed once."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import CreditCommon


class RevaluationCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rating = cls.env["credit.rating"].create({"name": "Q", "limit_type": "amount", "amount_limit": 3000})
        cls.first, cls.second = (cls.make_rated(amount, f"C{amount}") for amount in (1000, 2000))
        cls.make_policy("limit_exceeded")
        cls.company.credit_second_person = "required"
        cls.controller = cls.make_user("controller", name="Clara")
        cls.manager = cls.make_user("manager", name="Max")

    @classmethod
    def make_rated(cls, limit, name):
        return cls.profile_of(cls.make_customer(limit, name=name, rating_id=cls.rating.id))

    def journal(self, **values):
        return self.env["credit.revaluation"].with_user(self.controller).create(
            {"name": "Spring", "reason": "A good year", "percent": 10, "amount_step": 0,
             "rating_ids": [Command.set(self.rating.ids)], **values}
        )

    def found(self, journal):
        """Return ``{customer: new limit}`` of the lines."""
        journal.action_find()
        return {line.profile_id.partner_id.name: line.amount_after for line in journal.line_ids}

    def submitted(self, **values):
        journal = self.journal(**values)
        journal.action_find()
        journal.action_submit()
        return journal.with_user(self.manager)

    def limits(self):
        (self.first | self.second).invalidate_recordset()
        return [profile.amount_limit for profile in (self.first, self.second)]


@tagged("post_install", "-at_install")
class TestFound(RevaluationCommon):
    def test_by_percent_by_amount_and_rounded_down(self):
        self.assertEqual(self.found(self.journal()), {"C1000": 1100, "C2000": 2200})
        self.assertEqual(self.found(self.journal(percent=-25)), {"C1000": 750, "C2000": 1500})
        self.assertEqual(self.found(self.journal(method="fixed", amount=-1500)), {"C1000": 0, "C2000": 500})
        # 1,490 and 2,980: the first would be 1,000 again
        self.assertEqual(self.found(self.journal(percent=49, amount_step=500)), {"C2000": 2500})

    def test_rounding_down_makes_no_cut_of_a_raise_nor_one_beyond_the_bound(self):
        self.set_limit(self.first.partner_id, 12000)
        bounds = {"amount_step": 5000, "percent_most": 10}
        with self.assertRaisesRegex(UserError, "No limit would change"):
            self.journal(percent=5, **bounds).action_find()  # 12,600 and 2,100
        self.assertEqual(self.found(self.journal(percent=-5, **bounds)), {"C1000": 10800, "C2000": 1800})
        self.env["credit.cap"].create({"profile_id": self.first.id, "subject": "limit", "amount": 13000})
        self.assertEqual(self.found(self.journal(percent=150, amount_step=5000)), {"C2000": 5000})
        self.env["credit.cap"].search([]).amount = 10500  # below what the journal allows
        self.assertEqual(self.found(self.journal(percent=-5, **bounds)), {"C1000": 10500, "C2000": 1800})

    def test_by_what_the_methods_propose_also_for_who_has_no_limit(self):
        third = self.make_rated(None, "New")
        for profile, amount in ((self.first, 5000), (third, 700)):
            self.env["credit.trade.reference"].create(
                {"profile_id": profile.id, "supplier": "Another", "amount": amount}
            )
        self.company.write({"credit_percent_cap": 0, "credit_amount_step": 0})
        self.env["credit.limit.basis"].create(
            {"name": "References", "line_ids": [Command.create({"method": "trade_reference"})]}
        )
        self.rating.sudo().limit_type = "none"
        self.assertEqual(self.found(self.journal(method="proposal")), {"C1000": 5000, "New": 700})
        self.assertEqual(self.found(self.journal(method="proposal", percent_most=20)), {"C1000": 1200, "New": 700})

    def test_the_filters(self):
        france = self.env.ref("base.fr")
        self.second.partner_id.country_id = france
        group = self.env["credit.group"].create({"name": "Family", "amount_limit": 9000})
        self.first.group_id = group
        for values, names in (
            ({"country_ids": france.ids}, ["C2000"]),
            ({"group_ids": group.ids}, ["C1000"]),
            ({"amount_from": 1000.01}, ["C2000"]),
            ({"amount_to": 1000}, ["C1000"]),
        ):
            with self.subTest(values):
                self.assertEqual(sorted(self.found(self.journal(**values))), names)

    def test_a_limit_of_the_rating_is_a_base_where_that_is_asked_for(self):
        self.make_rated(None, "Inherited")
        self.assertNotIn("Inherited", self.found(self.journal()))
        self.assertEqual(self.found(self.journal(is_inherited=True))["Inherited"], 3300)

    def test_a_foreign_limit_is_granted_in_its_own_currency(self):
        self.second.limit_currency_id = self.setup_other_currency("EUR", rates=[(self.today, 2.0)])
        journal = self.journal()
        self.assertEqual(self.found(journal)["C2000"], 1100)  # 2,000 EUR are 1,000 dollars
        line = journal.line_ids.filtered(lambda line: line.profile_id == self.second)
        self.assertEqual((line.amount_before, line.amount_own_after), (1000, 2200))

    def test_never_above_the_customers_cap_on_its_limit(self):
        self.env["credit.cap"].create({"profile_id": self.second.id, "subject": "limit", "amount": 2100})
        self.assertEqual(self.found(self.journal()), {"C1000": 1100, "C2000": 2100})

    def test_who_would_be_over_is_seen_before(self):
        self.make_invoice(self.second.partner_id, 1600)
        journal = self.journal(percent=-25)
        journal.action_find()
        self.assertEqual(journal.line_ids.sorted("amount_before").mapped("amount_over"), [0, 100])
        self.assertEqual(
            (journal.line_count, journal.over_count, journal.amount_before, journal.amount_after), (2, 1, 3000, 2250)
        )

    def test_where_no_limit_would_change_it_says_so(self):
        for values in ({"percent": 0}, {"amount_from": 9999}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "No limit would change"):
                self.journal(**values).action_find()
        with self.assertRaisesRegex(ValidationError, "0 or more"):
            self.journal(percent_most=-1)

    def test_lines_of_a_draft_that_is_changed_are_forgotten(self):
        journal = self.journal()
        journal.action_find()
        journal.percent = 20
        self.assertFalse(journal.line_ids)


@tagged("post_install", "-at_install")
class TestDecided(RevaluationCommon):
    def test_the_authority_is_compared_at_the_rate_of_the_day_of_the_decision(self):
        """2,200 EUR were 1,100 dollars when they were submitted, and are 2,200 when they are decided on."""
        currency = self.setup_other_currency("EUR", rates=[(self.today, 2.0)])
        self.second.limit_currency_id = currency
        self.env["credit.authority"].create(
            {"name": "Max", "user_ids": self.manager.ids, "amount_limit_max": 1500, "company_id": self.company.id}
        )
        lines = self.submitted().line_ids.filtered(lambda line: line.profile_id == self.second)
        currency.rate_ids.rate = 1.0
        with self.assertRaisesRegex(UserError, "C2000"):
            lines.with_user(self.manager).action_approve()
        currency.rate_ids.rate = 2.0
        lines.with_user(self.manager).action_approve()
        self.assertEqual((lines.state, lines.change_id.amount_most), ("approved", 1100))

    def test_another_person_approves_all_and_each_limit_is_one_change(self):
        journal = self.submitted()
        self.assertEqual((journal.state, self.limits()), ("submitted", [1000, 2000]))
        self.assertIn("Decide on 2 limits of Spring", journal.sudo().activity_ids.mapped("summary"))
        journal.action_approve_all()
        self.assertEqual((journal.state, self.limits()), ("done", [1100, 2200]))
        changes = journal.line_ids.sudo().change_id.sorted("res_id")
        self.assertEqual(changes.mapped("res_id"), [self.first.id, self.second.id])
        self.assertEqual((changes.requester_id, changes.approver_id), (self.controller, self.manager))
        self.assertEqual(set(changes.mapped("state")), {"applied"})
        self.assertEqual(changes.mapped("amount_most"), [1100, 2200])
        self.assertEqual(self.first.partner_id.with_company(self.company).credit_limit, 1100)
        self.assertIn("by the revaluation Spring. A good year", self.first.message_ids[:1].body)
        domain = [("customer_ref", "=", self.first.partner_id.id), ("kind", "=", "change")]
        row = self.env["credit.log"].search(domain)[:1]
        self.assertEqual((row.field_name, row.value_after, row.amount_most), ("Limit Amount", "1,100.00", 1100))

    def test_lines_are_decided_one_by_one(self):
        journal = self.submitted()
        first, second = journal.line_ids.sorted("amount_before")
        first.action_approve()
        self.assertEqual((journal.state, self.limits()), ("submitted", [1100, 2000]))
        second.action_reject()
        self.assertEqual((journal.state, self.limits()), ("done", [1100, 2000]))
        with self.assertRaisesRegex(UserError, "waits for a decision"):
            second.action_approve()

    def test_what_has_changed_meanwhile_is_left_alone_and_says_so(self):
        journal = self.submitted()
        self.set_limit(self.first.partner_id, 1500)
        journal.action_approve_all()
        self.assertEqual(self.limits(), [1500, 2200])
        self.assertEqual(sorted(journal.line_ids.mapped("state")), ["approved", "stale"])

    def test_who_was_rated_otherwise_or_capped_lower_meanwhile_is_left_alone(self):
        journal = self.submitted()
        self.first.rating_id = self.rating.copy({"name": "Z"})
        self.env["credit.cap"].create({"profile_id": self.second.id, "subject": "limit", "amount": 2199.99})
        journal.action_approve_all()
        self.assertEqual(self.limits(), [1000, 2000])
        self.assertEqual(journal.line_ids.mapped("state"), ["stale", "stale"])

    def test_of_two_lines_for_one_customer_one_is_applied(self):
        journals = self.submitted() | self.submitted(percent=20)
        journals.line_ids.sorted("id").action_approve()
        self.assertEqual(self.limits(), [1100, 2200])
        self.assertEqual([journal.line_ids.mapped("state") for journal in journals],
                         [["approved"] * 2, ["stale"] * 2])

    def test_a_limit_that_was_the_ratings_is_told_as_that(self):
        third, new = self.make_rated(None, "Inherited"), self.make_customer(name="New")
        self.submitted(is_inherited=True).action_approve_all()
        self.assertEqual(third.amount_limit, 3300)
        told = "$ 3,000.00 (the rating's) → $ 3,300.00"
        change = self.env["credit.change"].search([("res_id", "=", third.id), ("res_model", "=", "credit.profile")])
        self.assertEqual(change.summary.replace("\xa0", " "), told)
        self.assertIn(told, third.message_ids[:1].body.replace("&nbsp;", " "))
        self.assertEqual(self.profile_of(new).limit_type, "none")

    def test_nobody_approves_what_they_prepared_or_worked_on(self):
        own = self.env["credit.revaluation"].with_user(self.manager).create(
            {"name": "Own", "reason": "Mine", "percent": 10, "amount_step": 0}
        )
        own.action_find()
        own.action_submit()
        with self.assertRaisesRegex(UserError, "You have prepared"):
            own.action_approve_all()
        journal = self.journal()
        journal.with_user(self.manager).percent = 50
        journal.action_submit()
        with self.assertRaisesRegex(UserError, "You have prepared"):
            journal.with_user(self.manager).action_approve_all()
        with self.assertRaisesRegex(AccessError, "Only credit managers"):
            self.submitted().with_user(self.controller).action_approve_all()
        self.assertEqual(self.limits(), [1000, 2000])

    def test_not_beyond_the_authority_with_temporary_increases_nor_of_own_customers(self):
        self.env["credit.authority"].create({"name": "Small", "user_ids": self.manager.ids, "amount_limit_max": 2200})
        journal = self.submitted()
        request = self.env["credit.limit.request"].create(
            {"profile_id": self.second.id, "kind": "increment", "amount": 1, "date_from": self.today,
             "date_to": self.today, "reason": "More"}
        )
        request.sudo().state = "approved"
        with self.assertRaisesRegex(UserError, "C2000: Your authority reaches"), self.env.cr.savepoint():
            journal.action_approve_all()
        self.first.partner_id.user_id = self.manager
        self.first.partner_id.user_id = False
        line = journal.line_ids.filtered(lambda line: line.profile_id == self.first)
        with self.assertRaisesRegex(UserError, "C1000: you sell to them"), self.env.cr.savepoint():
            line.action_approve()
        self.assertEqual(self.limits(), [1000, 2000])

    def test_who_has_made_an_open_order_of_a_customer_does_not_raise_its_limit(self):
        """The salesperson of the customer is somebody else; the order is the manager's."""
        journal = self.submitted()
        self.make_order(self.first.partner_id, 1500, user_id=self.manager.id)
        with self.assertRaisesRegex(UserError, "C1000: you sell to them"), self.env.cr.savepoint():
            journal.action_approve_all()
        journal.line_ids.filtered(lambda line: line.profile_id == self.second).action_approve()
        self.assertEqual(self.limits(), [1000, 2200])

    def test_nobody_writes_lines_decisions_or_what_was_submitted(self):
        journal = self.submitted()
        line = journal.line_ids[:1]
        for user in (self.controller, self.manager):
            for step in (
                lambda user=user: line.with_user(user).write({"amount_own_after": 9999}),
                lambda user=user: line.with_user(user).write({"state": "approved"}),
                lambda user=user: line.with_user(user).copy(),
                lambda user=user: journal.with_user(user).write({"state": "done"}),
                lambda user=user: journal.with_user(user).write({"requester_id": self.env.user.id}),
                lambda user=user: journal.with_user(user).write({"line_ids": [Command.clear()]}),
            ):
                with self.subTest(user.name), self.assertRaises(AccessError), self.env.cr.savepoint():
                    step()
        for user in (self.controller, self.manager):
            with self.assertRaisesRegex(UserError, "was submitted"), self.env.cr.savepoint():
                journal.with_user(user).percent = 90
            with self.assertRaises(UserError), self.env.cr.savepoint():
                journal.with_user(user).unlink()
        mine = self.env["credit.revaluation"].with_user(self.manager).create(
            {"name": "X", "reason": "X", "state": "submitted", "requester_id": self.controller.id}
        )
        self.assertEqual((mine.state, mine.requester_id), ("draft", self.manager))

    def test_other_roles_have_no_part_in_it(self):
        """What is planned for whose limits is not for who sells to them."""
        journal = self.submitted()
        for role in ("sales", "biller", "credit_user"):
            user = self.make_user(role, login=f"reval-{role}")
            with self.subTest(role), self.assertRaises(AccessError):
                self.env["credit.revaluation"].with_user(user).create({"name": "X", "reason": "X"})
            for record in (journal, journal.line_ids):
                with self.subTest(role, model=record._name), self.assertRaises(AccessError):
                    record.with_user(user).read(["state"])

    def test_a_higher_limit_frees_what_waits(self):
        order = self.make_held(self.first.partner_id, 1050)
        self.submitted().action_approve_all()
        self.commit()
        self.assertConfirmed(order)


@tagged("post_install", "-at_install")
class TestMany(RevaluationCommon):
    def test_the_number_of_statements_does_not_grow_with_the_lines(self):
        def approve(number):
            rating = self.env["credit.rating"].create({"name": f"R{number}"})
            for n in range(number):
                self.profile_of(self.make_customer(1000 + n % 2, name=f"M{number}-{n}", rating_id=rating.id))
            journal = self.submitted(rating_ids=[Command.set(rating.ids)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            journal.action_approve_all()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        approve(2)  # what is read once per server
        few, many = approve(4), approve(40)
        self.assertLessEqual(many - few, 4)
