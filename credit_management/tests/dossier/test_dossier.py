"""The credit file beside its figures: outside ratings, visits, since when, and who the customer is before the law."""

import base64
from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import format_date

from ..common import CreditCommon


class DossierCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()
        cls.profile = cls.profile_of(cls.customer)
        cls.controller = cls.make_user("controller")

    def rate(self, source="Agency", grade="BB", days_ago=10, days_valid=None, **values):
        day = self.today - timedelta(days=days_ago)
        ends = {} if days_valid is None else {"date_to": day + timedelta(days=days_valid)}
        return self.env["credit.outside.rating"].with_user(self.controller).create(
            {"profile_id": self.profile.id, "source": source, "grade": grade, "date": day, **ends, **values}
        )

    def visit(self, user=None, **values):
        return self.env["credit.visit"].with_user(user or self.controller).create(
            {"profile_id": self.profile.id, "note": "Full shelves, a new hall", "date": self.today, **values}
        )


@tagged("post_install", "-at_install")
class TestOutsideRating(DossierCommon):
    def test_the_newest_of_each_source_counts_while_it_is_valid(self):
        self.rate(grade="A", days_ago=300)
        newest = self.rate(grade="BB", days_ago=10)
        insurer = self.rate("Insurer", "3", days_ago=40, days_valid=40)
        self.rate("Bank", "good", days_ago=40, days_valid=39)  # ran out yesterday
        self.assertEqual(self.profile._get_latest_outside(self.today), newest + insurer)

    def test_it_is_found_by_whether_it_is_valid_today(self):
        valid, over = self.rate(days_valid=10), self.rate(days_valid=9)
        Rating = self.env["credit.outside.rating"]
        own = [("profile_id", "=", self.profile.id)]
        self.assertEqual(Rating.search([*own, ("is_valid", "=", True)]), valid)
        self.assertEqual(Rating.search([*own, ("is_valid", "=", False)]), over)

    def test_its_file_is_attached_to_it(self):
        report = self.env["ir.attachment"].with_user(self.controller).create(
            {"name": "report.pdf", "raw": base64.b64decode("JVBERg==")}
        )
        rating = self.rate(attachment_ids=report.ids)
        self.assertEqual((report.res_model, report.res_id), ("credit.outside.rating", rating.id))

    def test_points_are_from_0_to_100_and_none_are_not_0(self):
        rating = self.rate(points=0, is_pointed=True)
        self.assertTrue(rating.is_pointed)
        self.assertFalse(self.rate().is_pointed)
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():  # the database refuses
            rating.points = 101
            rating.flush_recordset()
        self.assertIn("points_in_range", str(caught.exception))

    def test_a_salesperson_does_not_read_it(self):
        rating, seller = self.rate(), self.make_user("credit_user", "sales")
        with self.assertRaises(AccessError):
            rating.with_user(seller).read(["grade"])
        with self.assertRaises(AccessError):
            self.profile.with_user(seller).sudo(False).read(["outside_rating_ids"])

    def test_it_stays_with_its_customer(self):
        other = self.profile_of(self.make_customer(name="Other"))
        with self.assertRaisesRegex(UserError, "stays with its customer"):
            self.rate().profile_id = other

    def test_the_file_says_what_was_deleted_and_only_a_manager_deletes(self):
        rating = self.rate()
        with self.assertRaises(AccessError):
            rating.unlink()
        rating.with_user(self.make_user("manager")).unlink()
        day = format_date(self.env, self.today - timedelta(days=10))
        self.assertIn(f"Outside Rating of {day} deleted.", self.profile.message_ids[0].body)
        self.assertNotIn("Agency", self.profile.message_ids[0].body)


@tagged("post_install", "-at_install")
class TestVisit(DossierCommon):
    def test_a_salesperson_notes_a_visit_and_gives_no_points(self):
        seller = self.make_user("credit_user", "sales")
        visit = self.visit(seller)
        self.assertEqual((visit.user_id, visit.kind), (seller, "visit"))
        with self.assertRaises(AccessError):
            visit.points = 90
        visit.with_user(self.controller).write({"points": 60, "is_pointed": True})
        self.assertNotIn("points", visit.with_user(seller).fields_get())

    def test_a_salesperson_changes_the_own_notes_only(self):
        seller = self.make_user("credit_user", "sales")
        with self.assertRaisesRegex(AccessError, "Only who wrote a visit"):
            self.visit().with_user(seller).note = "All is well"
        visit = self.visit(seller)
        visit.note = "All is well"
        self.assertEqual(visit.note, "All is well")


@tagged("post_install", "-at_install")
class TestSinceWhen(DossierCommon):
    def test_a_day_to_come_is_refused(self):
        for name in ("date_business_start", "date_customer_since"):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "to come"):
                self.profile[name] = self.today + timedelta(days=1)

    def test_the_first_invoice_or_what_was_typed_whichever_is_earlier(self):
        self.assertIsNone(self.profile._get_customer_since())
        self.make_invoice(self.customer, 10, days_overdue=40)
        first = self.today - timedelta(days=40)
        self.profile.invalidate_recordset()
        self.assertEqual((self.profile.date_first_invoice, self.profile._get_customer_since()), (first, first))
        before = self.today - timedelta(days=4000)
        self.profile.date_customer_since = before
        self.assertEqual(self.profile._get_customer_since(), before)


@tagged("post_install", "-at_install")
class TestLegalPerson(DossierCommon):
    def test_who_is_not_known_to_be_a_company_is_a_person(self):
        cases = (
            # class, the contact is a company, a natural person
            ("consumer", True, True), ("sole", True, True), ("sme", False, False), ("large", False, False),
            ("public", False, False), ("related", True, False), ("related", False, True), (False, True, False),
            (False, False, True),
        )
        for legal_class, is_company, is_person in cases:
            self.customer.is_company = is_company
            self.profile.legal_class = legal_class
            with self.subTest(legal_class=legal_class, is_company=is_company):
                self.assertEqual(self.profile.is_natural_person, is_person)
                found = self.env["credit.profile"].search([("is_natural_person", "=", True)])
                self.assertEqual(self.profile in found, is_person)
