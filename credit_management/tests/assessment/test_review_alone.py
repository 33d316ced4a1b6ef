"""Nobody asks for less evidence, or reviews an important customer less often, alone: for each role, over RPC."""

from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import AssessmentCommon

ROLES = ("sales", "biller", "credit_user", "controller", "manager")


@tagged("post_install", "-at_install")
class TestReviewsAlone(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind.write({"is_regular": True, "item_ids": [
            (0, 0, {"name": "Balance sheet", "source": "financials", "months_valid": 12}),
            (0, 0, {"name": "Seen", "source": "tick", "is_required": False})]})
        cls.required, cls.named = cls.kind.item_ids
        cls.profile.rating_id.months_review = 12  # and every 3 for important customers
        cls.profile.is_vip = True
        cls.company.credit_second_person = "required"
        cls.users = {role: cls.make_user(role, login=f"kinds-{role}") for role in ROLES}

    def test_what_is_asked_for_is_made_less_by_nobody(self):
        loosening = [
            (self.required, "is_required", False), (self.required, "months_valid", 24),
            (self.required, "months_valid", 0), (self.required, "source", "tick"), (self.required, "name", "Anything"),
            (self.kind, "is_regular", False), (self.kind, "active", False), (self.profile, "is_vip", False),
        ]
        for role, user in self.users.items():
            for record, name, value in loosening:
                model, before = record.with_user(user).browse(), record[name]
                ways = {"write": ("write", [record.ids, {name: value}], {}),
                        "form": ("web_save", [record.ids, {name: value}], {"specification": {}}),
                        "import": ("load", [[".id", name], [[str(record.id), str(value)]]], {})}
                for way, (method, args, options) in ways.items():
                    self.try_to(lambda model=model, method=method, args=args, options=options: call_kw(
                        model, method, args, options))
                    record.invalidate_recordset()
                    with self.subTest(role=role, way=way, name=name, value=value):
                        self.assertEqual(record[name], before)

    def test_evidence_is_taken_away_and_a_kind_is_made_by_nobody(self):
        for role, user in self.users.items():
            kinds = self.env["credit.review.kind"].with_user(user)
            for step in (
                lambda kinds=kinds: call_kw(
                    kinds, "web_save", [self.kind.ids, {"item_ids": [(2, self.required.id)]}], {"specification": {}}),
                lambda user=user: call_kw(self.required.with_user(user).browse(), "unlink", [self.required.ids], {}),
                lambda kinds=kinds: call_kw(kinds, "create", [{"name": "Without anything"}], {}),
            ):
                self.try_to(step)
                with self.subTest(role):
                    self.assertTrue(self.required.exists())
                    self.assertFalse(self.env["credit.review.kind"].search([("name", "=", "Without anything")]))

    def test_more_is_asked_for_by_a_manager_alone(self):
        manager = self.users["manager"]
        self.required.with_user(manager).months_valid = 6
        self.named.with_user(manager).is_required = True
        self.kind.with_user(manager).item_ids = [(0, 0, {"name": "License", "source": "file"})]
        self.assertEqual((self.required.months_valid, len(self.kind.item_ids)), (6, 3))

    def test_what_is_only_named_goes_freely(self):
        self.named.with_user(self.users["manager"]).unlink()
        self.assertEqual(self.kind.item_ids, self.required)

    def test_who_is_reviewed_as_often_either_way_stops_being_important_freely(self):
        """The rating asks for a review every month, and important customers for one in three."""
        self.profile.rating_id.months_review = 1
        self.profile.with_user(self.users["manager"]).is_vip = False
        self.assertFalse(self.profile.is_vip)
