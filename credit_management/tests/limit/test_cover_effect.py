"""A cover loosens nothing, unless it says so: then its share is added to the own limit while it is valid."""

from datetime import timedelta

from odoo.tests import tagged

from ..behaviour.test_cover import CoverCommon


@tagged("post_install", "-at_install")
class TestCoverEffect(CoverCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile.write({"limit_type": "amount", "amount_limit": 100000})

    def limit(self, profile=None):
        profile = profile or self.profile
        profile.invalidate_recordset()
        return profile.amount_limit_effective

    def test_a_cover_loosens_nothing_by_default(self):
        self.make_cover(-1, 30, amount=50000, percent_share=50)
        self.assertEqual(self.limit(), 100000.0)

    def test_its_share_is_added_to_the_own_limit_while_it_is_valid(self):
        """100,000 + 50,000 x 50 % = 125,000."""
        cover = self.make_cover(-1, 0, amount=50000, percent_share=50, effect="limit")
        self.assertEqual(self.limit(), 125000.0)
        for values in ({"date_to": self.today - timedelta(days=1)}, {"date_to": False, "active": False},
                       {"active": True, "date_from": self.today + timedelta(days=1)}, {"effect": "none"}):
            cover.write(values)
            self.assertEqual(self.limit(), 100000.0, values)

    def test_a_cover_in_another_currency_is_converted(self):
        foreign = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        self.make_cover(-1, 0, amount=50000, percent_share=50, effect="limit", currency_id=foreign.id)
        self.assertEqual(self.limit(), 112500.0)

    def test_what_has_no_limit_gets_none_of_it_and_the_group_keeps_its_own(self):
        self.make_cover(-1, 30, amount=50000, effect="limit")
        self.profile.group_id = self.env["credit.group"].create(
            {"name": "Family", "limit_type": "amount", "amount_limit": 110000}
        )
        self.assertEqual(self.limit(), 110000.0)
        free = self.profile_of(self.make_customer(name="Free"))
        free.limit_type = "none"
        self.make_cover(-1, 30, free, amount=50000, effect="limit")
        free.invalidate_recordset()
        self.assertEqual((free.limit_state, free.amount_limit_effective), ("none", 0.0))

    def test_what_raises_the_limit_is_measured_as_a_loosening(self):
        cover = self.make_cover(-1, 30, amount=50000, percent_share=50)
        measures = cover._credit_get_loosening()
        for name, values, expected in (
            ("percent_share", {"percent_share": 60}, False),
            ("effect", {"effect": "limit"}, True),
            ("percent_share", {"effect": "limit", "percent_share": 60}, True),
            ("percent_share", {"effect": "limit", "percent_share": 40}, False),
        ):
            after = cover.new(values, origin=cover)
            self.assertEqual(measures[name](cover, after) > 0, expected, values)
