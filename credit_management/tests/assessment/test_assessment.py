"""An assessment: data that is frozen, evidence that is there or missing, and what follows from the approval."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import LATE, AssessmentCommon


@tagged("post_install", "-at_install")
class TestData(AssessmentCommon):
    def test_what_was_known_stays_as_it_was(self):
        self.make_invoice(self.customer, 300, days_overdue=5)
        assessment = self.assess()
        self.make_invoice(self.customer, 500, days_overdue=8)
        assessment.invalidate_recordset()
        rows = self.rows(assessment, "figures")
        self.assertIn("300.00", rows["exposure"]["text"])
        self.assertEqual(rows["exposure"]["note"], "30.0 % of the limit")
        self.assertEqual(rows["overdue"]["note"], "the oldest for 5 days")
        self.assertEqual((assessment.amount_exposure, assessment.amount_overdue), (300, 300))
        self.env.invalidate_all()  # what is collected is what is known in another transaction
        assessment.action_collect()
        self.assertIn("800.00", self.rows(assessment, "figures")["exposure"]["text"])
        self.assertEqual((assessment.amount_exposure, assessment.amount_present), (800, 1000))

    def test_a_score_leads_to_the_rating_of_the_model(self):
        self.make_card(self.factor("days_late", 1, LATE), classes=[("A", 70), ("C", 0)])
        for _number in range(3):
            self.make_paid(self.customer, 100, 3)
        assessment = self.assess()
        self.assertEqual((assessment.score, assessment.coverage), (80, 100))
        self.assertEqual(assessment.rating_model_id, self.rating("A"))
        self.assertEqual(assessment.rating_id, self.rating("A"), "it is asked for, unless the analyst says otherwise")
        self.assertFalse(assessment.is_override)
        self.assertEqual(assessment.score_line_ids.mapped("share"), [80])

    def test_an_override_needs_its_reason_and_both_stay_visible(self):
        self.make_card(self.factor("days_late", 1, LATE), classes=[("A", 70), ("C", 0)])
        self.make_paid(self.customer, 100, 3)
        assessment = self.assess(rating_id=self.rating("B").id)
        self.assertTrue(assessment.is_override)
        with self.assertRaisesRegex(UserError, "asked for is B, and not A: say why"):
            assessment.action_submit()
        assessment.override_reason = "A new owner"
        assessment.action_submit()
        self.approve(assessment)
        self.assertEqual(
            (assessment.rating_model_id, assessment.rating_id, self.profile.rating_id),
            (self.rating("A"), self.rating("B"), self.rating("B")),
        )

    def test_below_the_lowest_class_any_rating_needs_its_reason(self):
        """20 points, and the lowest class begins at 30: the model has no rating, and C is better than that."""
        self.make_card(self.factor("days_late", 1, LATE), classes=[("A", 70), ("C", 30)])
        self.make_paid(self.customer, 100, 40)
        assessment = self.assess(limit_kind="keep")
        self.assertEqual((assessment.score, assessment.rating_model_id.id), (20, False))
        self.assertEqual(assessment.rating_id, self.rating("C"), "the present one")
        self.assertTrue(assessment.is_override)
        with self.assertRaisesRegex(UserError, "20.00 is below the lowest class of its scorecard, and C is asked for"):
            assessment.action_submit()
        assessment.override_reason = "The parent pays from now on"
        assessment.action_submit()

    def test_financial_statements_that_come_are_read_by_the_draft_at_once(self):
        assessment = self.assess()
        self.assertFalse(assessment.financials_rows)
        year = self.enter()
        self.assertEqual(assessment.financials_id, year)
        self.assertEqual(self.rows(assessment, "financials")["altman"]["text"], "2.58")
        self.assertIn("70.00", self.rows(assessment, "methods")["net_worth"]["text"])

    def test_what_was_submitted_reads_nothing_new(self):
        assessment = self.submitted()
        self.enter()
        self.assertFalse(assessment.financials_rows)
        with self.assertRaisesRegex(UserError, "as it was when the assessment was submitted"):
            assessment.action_collect()

    def test_a_salesperson_reads_nothing_of_it(self):
        self.enter()
        assessment = self.submitted(limit_kind="amount", amount=1500)
        self.approve(assessment)
        seller = self.make_user("credit_user", "sales")
        for name in ("financials_rows", "data", "reason"):
            with self.assertRaises(AccessError):
                assessment.with_user(seller).read([name])
        with self.assertRaises(AccessError):
            self.profile.with_user(seller).sudo(False).action_assess()
        request = assessment.limit_request_ids.with_user(seller)
        self.assertEqual(request.reason, f"Assessment {assessment.name}")

    def test_it_is_printed_as_it_was(self):
        self.enter()
        assessment = self.submitted(opinion="Sound", opinion_source="Auditor")
        report = self.env["ir.actions.report"].with_user(self.manager)
        html = report._render_qweb_html("credit_management.report_assessment", assessment.ids)[0].decode()
        for text in (assessment.name, "Pays on time", "The parent stands in for it", "Altman", "2.58", "Auditor"):
            self.assertIn(text, html)

    def test_a_customer_has_one_open_assessment(self):
        assessment = self.assess()
        self.assertEqual(self.assess(self.manager), assessment.with_user(self.manager))
        self.approve(self.submitted(), self.make_user("manager", login="third"))
        self.assertNotEqual(self.assess(), assessment)

    def test_the_form_opens(self):
        assessment = self.assess()
        with Form(assessment) as form:
            form.reason = "Pays on time"
        self.assertEqual(assessment.reason, "Pays on time")
        self.assertRegex(assessment.name, r"^CA/\d{4}/\d{4}$")


@tagged("post_install", "-at_install")
class TestChecklist(AssessmentCommon):
    def found(self, assessment):
        return {item.name: (item.is_there, item.found_text) for item in assessment.item_ids}

    def test_what_is_missing_is_named_and_what_is_required_holds_the_submission(self):
        self.ask_for(("License", "file"), ("Statements", "financials"), ("Visit", "visit", {"is_required": False}))
        assessment = self.assess(override_reason="–")
        self.assertEqual(assessment.missing_text, "License, Statements, Visit")
        with self.assertRaisesRegex(UserError, r"License \(Missing\)(?s:.)*Statements \(Missing\)"):
            assessment.action_submit()
        self.enter()
        self.attach(assessment, "License")
        self.assertEqual(assessment.missing_text, "Visit")
        assessment.action_submit()
        self.assertEqual(self.found(assessment)["License"], (True, "license.pdf"))

    def attach(self, assessment, name):
        file = self.env["ir.attachment"].with_user(self.preparer).create({"name": "license.pdf", "raw": b"%PDF"})
        assessment.item_ids.filtered(lambda item: item.name == name).attachment_ids = file.ids
        return file

    def test_what_is_too_old_is_missing(self):
        self.ask_for(("Statements", "financials", {"months_valid": 12}), ("Any", "financials", {"months_valid": 0}))
        year = self.today.year - 2
        self.enter(year=year)
        assessment = self.assess()
        self.assertEqual(
            self.found(assessment),
            {"Statements": (False, f"Too old: 12/31/{year}"), "Any": (True, f"12/31/{year}")},
        )

    def test_a_visit_and_a_valid_outside_rating_are_found_in_the_file(self):
        self.ask_for(("Visit", "visit"), ("Outside", "outside"), ("Seen", "tick"))
        assessment = self.assess()
        values = {"profile_id": self.profile.id, "date": self.today}
        self.env["credit.visit"].with_user(self.preparer).create({**values, "note": "Well kept"})
        outside = self.env["credit.outside.rating"].with_user(self.preparer)
        outside.create({**values, "source": "Agency", "grade": "2", "note": "Sound"})
        assessment.item_ids.filtered(lambda item: item.source == "tick").is_ticked = True
        self.assertFalse(assessment.missing_text)
        self.assertIn("Well kept", str(assessment.outside_rows))
        self.assertRegex(self.found(assessment)["Outside"][1], r"^\d\d/\d\d/\d{4} · Agency 2$", "who rates it, and how")

    def test_the_file_stays_once_it_was_submitted(self):
        self.ask_for(("License", "file"))
        assessment = self.assess(override_reason="–")
        file = self.attach(assessment, "License")
        self.assertEqual((file.res_model, file.res_id), ("credit.assessment", assessment.id))
        assessment.action_submit()
        with self.assertRaisesRegex(AccessError, "evidence of a decision"):
            file.unlink()
        with self.assertRaisesRegex(UserError, "submitted stays"):
            assessment.item_ids.note = "Seen"
        assessment.action_take_back()
        file.unlink()
        self.assertEqual(assessment.missing_text, "License")

    def test_of_a_file_of_the_customer_a_copy_stays_with_the_assessment(self):
        self.ask_for(("License", "file"))
        file = self.env["ir.attachment"].create(
            {"name": "license.pdf", "raw": b"%PDF", "res_model": "res.partner", "res_id": self.customer.id}
        )
        assessment = self.assess(override_reason="–")
        assessment.item_ids.attachment_ids = file.ids
        kept = assessment.item_ids.attachment_ids
        self.assertEqual((kept.res_model, kept.res_id), ("credit.assessment", assessment.id))
        assessment.action_submit()
        file.with_user(self.preparer).unlink()
        self.assertEqual(kept.raw, b"%PDF")

    def test_nobody_writes_what_the_kind_of_review_asks_for(self):
        self.ask_for(("License", "file"))
        item = self.assess().item_ids
        for step in (
            lambda: item.write({"is_required": False}),
            lambda: item.write({"kept": {"is_there": True}}),
            item.unlink,
            item.copy,
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                step()

    def test_another_kind_brings_its_own_checklist_and_keeps_what_was_attached(self):
        self.ask_for(("License", "file"), ("Seen", "tick"))
        assessment = self.assess()
        self.attach(assessment, "License")
        other = self.env["credit.review.kind"].create({"name": "Other"})
        other.item_ids = [(0, 0, {"name": "Order book", "source": "file"})]
        assessment.kind_id = other
        self.assertEqual(sorted(assessment.item_ids.mapped("name")), ["License", "Order book"])


@tagged("post_install", "-at_install")
class TestApproval(AssessmentCommon):
    def test_rating_limit_and_next_review_follow_by_what_exists_for_them(self):
        assessment = self.submitted(limit_kind="amount", amount=5000)
        self.assertEqual(assessment.sudo().activity_ids.user_id, self.manager)
        self.approve(assessment)
        review = self.profile._get_review_day(self.rating("A"), self.today)
        self.assertEqual((self.profile.rating_id, self.profile.amount_limit), (self.rating("A"), 5000))
        self.assertEqual((self.profile.date_review_next, assessment.date_valid_to), (review, review))
        [request] = assessment.limit_request_ids
        self.assertEqual((request.state, request.requester_id, request.approver_id),
                         ("approved", self.preparer, self.manager))
        [change] = self.env["credit.change"].search([("res_id", "=", self.profile.id),
                                                     ("res_model", "=", "credit.profile")])
        self.assertEqual((change.state, change.requester_id, change.approver_id),
                         ("applied", self.preparer, self.manager))
        self.assertEqual(change.reason, f"Assessment {assessment.name}")
        for record in (assessment, request, change):
            self.assertFalse(record.sudo().activity_ids)

    def test_the_next_review_that_was_approved_stays_where_the_rating_changes(self):
        day = self.today + timedelta(days=300)
        self.profile.date_review_next = day
        self.approve(self.submitted(rating_id=self.rating("D").id, date_review=day))  # each month, by the rating
        self.assertEqual((self.profile.rating_id, self.profile.date_review_next), (self.rating("D"), day))

    def test_a_lower_limit_and_an_earlier_review_follow_too(self):
        self.profile.date_review_next = self.today + timedelta(days=900)
        day = self.today + timedelta(days=20)
        self.approve(self.submitted(rating_id=self.rating("C").id, limit_kind="amount", amount=10, date_review=day))
        self.assertEqual((self.profile.amount_limit, self.profile.date_review_next), (10, day))
        self.assertFalse(self.env["credit.change"].search([("res_id", "=", self.profile.id)]), "it loosens nothing")

    def test_what_is_kept_as_it_is_asks_for_no_limit(self):
        assessment = self.submitted()
        self.approve(assessment)
        self.assertFalse(assessment.limit_request_ids)
        self.assertEqual(self.profile.amount_limit, 1000)

    def test_the_proposed_limit_is_asked_for_by_a_button(self):
        self.company.write({"credit_amount_step": 10, "credit_percent_cap": 0})
        self.enter()  # 10 % of 700 = 70, 20 % of 300 = 60
        assessment = self.assess()
        assessment.action_take_proposed()
        self.assertEqual((assessment.amount_proposed, assessment.limit_kind, assessment.amount), (60, "amount", 60))

    def test_without_a_proposal_there_is_nothing_to_take(self):
        with self.assertRaisesRegex(UserError, "No method proposed a limit"):
            self.assess().action_take_proposed()

    def test_a_review_that_is_over_meanwhile_is_told(self):
        assessment = self.submitted(date_review=self.today + timedelta(days=3))
        self.on(str(self.today + timedelta(days=3)))
        with self.assertRaisesRegex(UserError, "is over by now"):
            self.approve(assessment)

    def test_it_expires_the_day_after_its_last(self):
        assessment = self.submitted(date_review=self.today + timedelta(days=1))
        self.approve(assessment)
        self.assertFalse(assessment.is_expired)
        assessment.sudo().date_valid_to = self.today - timedelta(days=1)
        self.assertTrue(assessment.is_expired)
        self.assertIn(assessment, self.env["credit.assessment"].search([("is_expired", "=", True)]))

    def test_a_refused_one_changes_nothing_and_says_why(self):
        assessment = self.submitted(limit_kind="amount", amount=5000)
        refuse = self.env["credit.assessment.refuse"].with_user(self.manager)
        refuse.create({"assessment_ids": assessment.ids, "reason": "No balance sheet"}).action_apply()
        self.assertEqual((assessment.state, assessment.refusal), ("refused", "No balance sheet"))
        self.assertEqual((self.profile.rating_id, self.profile.amount_limit), (self.rating("C"), 1000))
        self.assertIn("No balance sheet", assessment.message_ids[0].body)

    def test_another_rating_in_between_is_told(self):
        assessment = self.submitted()
        self.profile.sudo().rating_id = self.rating("D")
        with self.assertRaisesRegex(UserError, "is rated D now, and was C"):
            self.approve(assessment)

    def test_the_decision_is_in_the_log(self):
        assessment = self.submitted()
        self.approve(assessment)
        row = self.env["credit.log"].search([("res_model", "=", "credit.assessment"), ("res_id", "=", assessment.id)])
        # the words of the analyst are not for everybody who reads the log
        told = f"{self.preparer.name}: {assessment.name}"
        self.assertEqual((row.customer_ref, row.reason), (self.customer.id, told))

    def test_files_that_are_merged_keep_one_open_assessment(self):
        other = self.make_customer(name="Twin")
        mine, theirs = self.assess(), self.assess(profile=self.profile_of(other))
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.customer + other).ids, self.customer)
        self.assertEqual((mine.state, theirs.state), ("draft", "cancelled"))
        self.assertEqual(theirs.profile_id, self.profile)
