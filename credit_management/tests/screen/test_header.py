"""The header of a credit file: few buttons for every role, and nothing that was there is lost."""

from lxml import etree
from odoo.tests import HttpCase, tagged

from ..common import CreditCommon

MAIN_BUTTONS = 5
FOR_ALL = {
    "action_request_limit", "action_note_promise", "action_open_forecast", "action_open_partner", "action_open_holds",
    "action_open_log", "action_request_cap",
}
SEEING = {*FOR_ALL, "action_open_exposure", "action_open_overdue"}
CONTROLLING = {*SEEING, "action_assess", "action_forget_dunning_level", "action_score", "action_enter_financials"}


@tagged("post_install", "-at_install")
class TestHeader(CreditCommon, HttpCase):
    def arch(self, *roles):
        self.user = self.make_user(*roles, login="-".join(roles))
        views = self.env["credit.profile"].with_user(self.user).get_views([(False, "form")])["views"]
        return etree.fromstring(views["form"]["arch"])

    def buttons(self, tree, path="//button"):
        return {node.get("name") for node in tree.xpath(path)}

    def actions(self, tree):
        """Return the models of the dialogs that the buttons open."""
        ids = [int(name) for name in self.buttons(tree) if name and name.isdigit()]
        return set(self.env["ir.actions.act_window"].browse(ids).mapped("res_model"))

    def test_every_role_has_few_buttons_and_all_it_had(self):
        dialogs = {"credit.profile.dunning", "credit.profile.late", "credit.profile.status"}
        for roles, names, opened in (
            (("sales", "credit_user"), FOR_ALL, set()),
            (("biller", "credit_user"), SEEING, {"credit.profile.late"}),
            (("controller",), CONTROLLING, dialogs),
            (("manager",), CONTROLLING, {*dialogs, "credit.profile.release"}),
        ):
            with self.subTest(roles):
                tree = self.arch(*roles)
                self.assertLessEqual(len(tree.xpath("//header/button | //header/widget")), MAIN_BUTTONS)
                self.assertFalse(names - self.buttons(tree))
                self.assertFalse(opened - self.actions(tree))

    def test_a_statement_is_sent_from_the_menu_of_the_file(self):
        self.make_user("controller", login="tour_file_controller")
        customer = self.make_customer(2000, name="Tour Statement")
        customer.email = "statement@example.com"
        self.make_invoice(customer, 1200)
        path = f"/odoo/credit-profiles/{self.profile_of(customer).id}"
        self.start_tour(path, "credit_file_statement", login="tour_file_controller")
