"""The timeline of a credit file: what happened, the newest first, and only what the reader may read."""

from datetime import date

from odoo.tests import tagged

from .common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestTimeline(AssessmentCommon):
    def told(self, user):
        profile = self.profile.with_user(user).sudo(False)
        profile.invalidate_recordset()
        return [(event["kind"], event["text"]) for event in profile.timeline]

    def test_events_come_the_newest_first(self):
        self.profile.date_business_start = date(1998, 4, 1)
        self.enter()
        self.approve(self.submitted(limit_kind="amount", amount=1200))
        kinds = [kind for kind, _text in self.told(self.preparer)]
        self.assertEqual(kinds[-1], "In business since")
        self.assertEqual(kinds[-2], "Financial Statements")
        self.assertEqual({*kinds}, {"Credit Assessment", "Credit Limit Request", "Financial Statements",
                                    "In business since"} | ({"Rating"} & {*kinds}))

    def test_a_salesperson_sees_no_statements_and_no_assessments(self):
        self.enter()
        self.approve(self.submitted(limit_kind="amount", amount=1200))
        kinds = {kind for kind, _text in self.told(self.make_user("credit_user", "sales"))}
        self.assertFalse(kinds & {"Credit Assessment", "Financial Statements", "Outside Rating"})
        self.assertIn("Credit Limit Request", kinds)
