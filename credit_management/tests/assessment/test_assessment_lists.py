"""Lists of assessments and evidence: eighty rows cost the statements of one page."""

from odoo.tests import tagged

from ..screen.test_lists import ListCommon


@tagged("post_install", "-at_install")
class TestListsOfAssessments(ListCommon):
    def test_assessments_outside_ratings_and_visits(self):
        for customer in self.make_customers():
            profile = self.profile_of(customer)
            self.env["credit.assessment"].create({"profile_id": profile.id})
            self.env["credit.outside.rating"].create({"profile_id": profile.id, "source": "Agency", "grade": "A"})
            self.env["credit.visit"].create({"profile_id": profile.id, "note": "Seen"})
        for name in ("assessment", "outside_rating", "visit"):
            self.assertQuick(f"credit_management.action_credit_{name}")
