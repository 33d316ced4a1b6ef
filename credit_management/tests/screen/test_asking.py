"""Figures are not found by asking: who may not read a figure does not search, order, group or add up by it either."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestAsking(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.make_invoice(cls.customer, 321)
        cls.employee = new_test_user(cls.env, "employee", "base.group_user")
        cls.contacts = new_test_user(cls.env, "contacts", "base.group_user,base.group_partner_manager")
        cls.portal = new_test_user(cls.env, "portal_customer", "base.group_portal")
        cls.portal.partner_id.parent_id = cls.customer
        cls.sold = cls.make_user("sales")

    def get_figures(self, model):
        """Return the stored or searchable fields of credit that a model has."""
        fields = self.env[model]._fields.items()
        names = [name for name, field in fields if model.startswith("credit.") or name.startswith("credit_")]
        return [name for name in names if self.env[model]._fields[name]._description_searchable]

    def get_ways(self, model, name):
        """Return what asks about a figure without reading it."""
        Model = self.env[model]
        field = Model._fields[name]
        value = 0 if field.type in ("integer", "float", "monetary") else False
        operators = (">", "<=", "=") if value == 0 and value is not False else ("=", "!=")
        for operator in operators:
            yield lambda records, o=operator: records.search_count([("id", "!=", 0), (name, o, value)])
            yield lambda records, o=operator: records.search([("id", "!=", 0), (name, o, value)], limit=1)
            yield lambda records, o=operator: records.read_group([(name, o, value)], ["id"], [])
        yield lambda records: records.search([], order=name, limit=1)
        yield lambda records: records._read_group([], [name], ["__count"])
        if field.type in ("integer", "float", "monetary"):
            yield lambda records: records._read_group([], [], [f"{name}:sum"])
            yield lambda records: records._read_group([], ["id"], ["__count"], having=[(f"{name}:sum", ">", 0)])

    def find_leaks(self, model, user, prefix=""):
        leaks = set()
        for name in self.get_figures(model):
            for number, ask in enumerate(self.get_ways(model, name)):
                try:
                    with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                        ask(self.env[model].with_user(user))
                    leaks.add((name, number))
                except AccessError:
                    pass
                except Exception:  # pylint: disable=broad-except
                    self.env.invalidate_all()  # it cannot be asked like this by anybody
        return leaks

    def test_nobody_without_the_right_asks_for_a_figure(self):
        for user in (self.employee, self.contacts, self.portal):
            for model in ("res.partner", "res.users", "credit.profile", "credit.exposure.line", "credit.snapshot"):
                with self.subTest(user=user.login, model=model):
                    self.assertFalse(self.find_leaks(model, user))

    def test_neither_through_another_model(self):
        paths = (("res.users", "partner_id"), ("res.partner", "parent_id"), ("res.partner", "child_ids"))
        for user in (self.employee, self.contacts, self.portal):
            for model, path in paths:
                with self.subTest(user=user.login, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search_count([(f"{path}.credit_amount_exposure", ">", 1)])

    def test_who_may_read_may_ask(self):
        controller = self.make_user("controller")
        domain = [("id", "=", self.customer.id), ("credit_amount_exposure", ">", 320)]
        self.assertEqual(self.env["res.partner"].with_user(controller).search_count(domain), 1)
