"""Sets of columns: what they are called, and which are refused."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import AgingCommon


@tagged("post_install", "-at_install")
class TestBucketSet(AgingCommon):
    def make_set(self, edges, **values):
        return self.env["credit.bucket.set"].create({"name": "Own", "edges": edges, **values})

    def titles(self, edges, **values):
        return self.make_set(edges, **values)._get_titles()

    def test_columns_are_called_as_people_call_them(self):
        self.assertEqual(self.lateness.columns_text.split(" · ")[:3], ["Not due", "1–30 days", "31–60 days"])
        self.assertEqual(self.titles("0, 1, 2"), ["Not due", "Day 1", "Day 2", "Over 2 days"])
        self.assertEqual(
            self.titles("-14, -7, 0, 30"),
            ["Due in 14 days or more", "Due in 7–13 days", "Due in 0–6 days", "1–30 days", "Over 30 days"],
        )
        self.assertEqual(
            self.titles("1, 2", unit="years", basis="origin"), ["Up to 1 year (incl.)", "1–2 years", "Over 2 years"]
        )
        self.assertEqual(
            self.titles("1, 3", unit="months", basis="origin"),
            ["Up to 1 month (incl.)", "1–3 months", "Over 3 months"],
        )
        self.assertEqual(self.titles("30, 60", basis="document"), ["Up to 30 days", "31–60 days", "Over 60 days"])

    def test_edges_that_overlap_or_fall_are_refused_in_words(self):
        for edges, words in (
            ("", "at least one edge"),
            ("0, 30, 30", "30 comes after 30 and is not larger"),
            ("0, 60, 30", "30 comes after 60 and is not larger"),
            ("0, thirty", "whole numbers"),
            (", ".join(map(str, range(12))), "12 edges make more than 12 columns"),
            ("0, 99999", "99999 is too far away: at most 36500"),
        ):
            with self.subTest(edges), self.assertRaisesRegex(ValidationError, words):
                self.make_set(edges or ",")
        with self.assertRaisesRegex(ValidationError, "below 0"):
            self.make_set("-1, 1", unit="years")

    def test_a_refused_set_says_so_while_it_is_typed(self):
        buckets = self.env["credit.bucket.set"].new({"name": "Own", "edges": "30, 0"})
        self.assertIn("0 comes after 30", buckets.columns_text)
