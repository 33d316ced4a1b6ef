"""Nobody makes a scorecard more lenient alone where scores act: no role, over RPC, by a form, by import."""

from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import LATE, ScoringCommon

ROLES = ("sales", "biller", "credit_user", "controller", "manager")


@tagged("post_install", "-at_install")
class TestScorecardsAlone(ScoringCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded")
        cls.card = cls.make_card(cls.factor("days_late", 50, LATE), cls.factor("dso", 50, [(None, None, 50)]),
                                 classes=[("A", 70), ("D", 0)])
        cls.card._get_version()
        cls.company.credit_score_change = "down"
        cls.company.credit_second_person = "required"
        cls.users = {role: cls.make_user(role, login=f"cards-{role}") for role in ROLES}
        cls.late, cls.dso = cls.card.factor_ids

    def get_loosening(self):
        """Return what somebody could write to make scores better, or let less follow: ``(record, field, value)``."""
        return [
            (self.card, "active", False),
            (self.card, "sequence", 99),
            (self.card, "customers", "new"),
            (self.card, "coverage_min", 100),
            (self.dso, "weight", 900),
            (self.late, "factor", "turnover"),
            (self.late, "is_missing_fixed", True),
            (self.late.band_ids[0], "points", 100),
            (self.late.band_ids[-1], "points", 90),
            (self.card.class_ids[0], "score_from", 1),
            (self.card.version_ids, "definition", {}),
            (self.company, "credit_score_change", "none"),
            (self.company, "credit_score_change", "both"),
            (self.company, "credit_months_score_keep", 13),
        ]

    def assertKept(self, record, name, value, call):  # noqa: N802
        for role, user in self.users.items():
            before = record[name]
            self.try_to(lambda user=user: call(record.with_user(user).browse(), record.ids, name, value))
            record.invalidate_recordset()
            with self.subTest(role=role, model=record._name, name=name, value=value):
                self.assertEqual(record[name], before)

    def test_over_rpc(self):
        for record, name, value in self.get_loosening():
            self.assertKept(record, name, value, lambda model, ids, name, value: call_kw(
                model, "write", [ids, {name: value}], {}))

    def test_by_a_form_that_somebody_saves(self):
        for record, name, value in self.get_loosening():
            self.assertKept(record, name, value, lambda model, ids, name, value: call_kw(
                model, "web_save", [ids, {name: value}], {"specification": {}}))

    def test_by_import(self):
        for record, name, value in self.get_loosening():
            self.assertKept(record, name, value, lambda model, ids, name, value: call_kw(
                model, "load", [[".id", name], [[str(ids[0]), str(value)]]], {}))

    def test_by_the_form_of_the_card_with_all_in_it(self):
        """A range, a factor and a class are written inside of the card."""
        band = [(1, self.late.band_ids[-1].id, {"points": 100})]
        inside = {
            "factor_ids": ([(1, self.late.id, {"band_ids": band})], [(2, self.late.id)]),
            "class_ids": ([(1, self.card.class_ids[0].id, {"score_from": 1})], [(2, self.card.class_ids[0].id)],
                          [(0, 0, {"rating_id": self.rating("AAA").id, "score_from": 0})]),
        }
        before = self.card._make_definition()
        for user in self.users.values():
            for name, commands in inside.items():
                for command in commands:
                    self.try_to(lambda user=user, name=name, command=command: call_kw(
                        self.card.with_user(user).browse(), "web_save", [self.card.ids, {name: command}],
                        {"specification": {}}))
                    self.env.invalidate_all()
                    with self.subTest(user=user.login, name=name, command=command):
                        self.assertEqual(self.card._make_definition(), before)

    def test_in_the_settings(self):
        for role, user in self.users.items():
            settings = self.env["res.config.settings"].with_user(user)
            self.try_to(lambda settings=settings: settings.create({"credit_score_change": "none"}).execute())
            with self.subTest(role):
                self.assertEqual(self.company.credit_score_change, "down")

    def test_a_card_that_comes_first_is_made_by_nobody_alone(self):
        for user in self.users.values():
            self.try_to(lambda user=user: call_kw(
                self.card.with_user(user).browse(), "create", [{"name": "First", "sequence": 0}], {}))
        self.assertFalse(self.env["credit.scorecard"].search([("name", "=", "First")]))

    def test_parts_and_cards_are_taken_away_by_nobody_alone(self):
        for user in self.users.values():
            for record in (self.late, self.late.band_ids[:1], self.card.class_ids[:1], self.card):
                self.try_to(lambda user=user, record=record: call_kw(
                    record.with_user(user).browse(), "unlink", [record.ids], {}))
                self.assertTrue(record.exists())

    def test_a_second_person_applies_it(self):
        change = self.env["credit.change"].with_user(self.users["manager"]).create(
            {"res_model": self.dso._name, "res_id": self.dso.id, "values": '{"weight": 60}', "reason": "As looked back"}
        )
        change.with_user(self.make_user("manager", login="cards-second")).action_apply()
        self.assertEqual(self.dso.weight, 60)
