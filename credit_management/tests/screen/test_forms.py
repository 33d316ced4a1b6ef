"""New records in the web client's forms: they open, with every field of ours, before anything is filled in."""

from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from ..common import CreditCommon

CORE_MODELS = ("res.partner", "sale.order", "account.move", "account.journal", "product.product")
# Who creates these in a form. What is not here is created by the system, or by a wizard with a context.
OURS = {
    "credit.policy": "manager",
    "credit.rating": "manager",
    "credit.group": "manager",
    "credit.reason": "manager",
    "credit.profile": "controller",
    "credit.limit.request": "controller",
    "credit.cover": "manager",
    "credit.financials": "controller",
    "credit.financials.mapping": "controller",
    "credit.outside.rating": "controller",
    "credit.visit": "controller",
    "credit.review.kind": "manager",
}


@tagged("post_install", "-at_install")
class TestForms(CreditCommon):
    def test_new_records_of_odoo_open_for_whoever_sees_credit(self):
        for model in CORE_MODELS:
            with self.subTest(model):
                Form(self.env[model])

    def test_new_records_of_ours_open_for_their_role(self):
        users = {role: self.make_user(role, "sales") for role in ("manager", "controller")}
        for model, role in OURS.items():
            with self.subTest(model):
                Form(self.env[model].with_user(users[role]))

    def test_a_customer_is_created_in_its_form(self):
        form = Form(self.env["res.partner"])
        form.name = "Made in the form"
        customer = form.save()
        self.assertEqual(customer.name, "Made in the form")
        self.assertFalse(customer.credit_log_ids)

    def test_a_customer_is_found_by_its_limit_by_whoever_sees_figures(self):
        customer, poorer = self.make_customer(500.0), self.make_customer(400.0)
        for role in ("sales", "controller"):
            Partner = self.env["res.partner"].with_user(self.make_user(role, "credit_user", login=f"finds-{role}"))
            mine = [("id", "in", (customer + poorer).ids)]
            self.assertEqual(Partner.search([*mine, ("credit_amount_limit", ">", 400)]), customer)
            self.assertEqual(Partner.search([*mine, ("credit_amount_limit", "<=", 400)]), poorer)
            self.assertEqual(Partner.search([*mine, ("credit_amount_available", ">", 400)]), customer)
            self.assertEqual(Partner.search([*mine, ("credit_amount_exposure", "<=", 0)]), customer + poorer)

    def test_a_salesperson_does_not_search_what_credit_files_say(self):
        customer = self.make_customer(500.0)
        self.profile_of(customer).write({"account_status": "watch", "status_reason": "Secret"})
        Partner = self.env["res.partner"].with_user(self.make_user("sales"))
        with self.assertRaises(AccessError):
            Partner.search([("credit_profile_id", "any", [("status_reason", "=", "Secret")])])

    def test_the_settings_open_and_are_saved(self):
        Form(self.env["res.config.settings"].with_user(self.env.ref("base.user_admin"))).save()


@tagged("post_install", "-at_install")
class TestPagesThatOnlyRead(CreditCommon, HttpCase):
    """Odoo reads forms with a cursor that cannot write; the first look at a customer makes its credit file."""

    def test_the_order_of_a_customer_nobody_looked_at_opens_without_an_error_in_the_log(self):
        self.make_policy("limit_missing")
        order = self.make_order(self.env["res.partner"].create({"name": "Never seen"}), 100)
        self.make_user("sales", login="reads-only")
        self.authenticate("reads-only", "reads-only")
        params = {"model": "sale.order", "method": "web_read", "args": [order.ids], "kwargs": {}}
        params["kwargs"]["specification"] = {"credit_panel": {}}
        with self.assertNoLogs("odoo.sql_db", "ERROR"):
            (values,) = self.make_jsonrpc_request("/web/dataset/call_kw/sale.order/web_read", params)
        self.assertIn("No credit limit is set up", str(values["credit_panel"]))
