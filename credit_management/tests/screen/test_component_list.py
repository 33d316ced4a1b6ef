"""The credit file lists the components of the exposure as their table has them."""

from odoo.tests import HttpCase, tagged

from ..common import CreditCommon

LISTED = """
const list = (name) => [...document.querySelectorAll(`.o_credit_component_list [data-list=${name}] [data-name]`)];
const texts = (name) => list(name).map((row) => row.innerText.replace(/\\s+/g, " ").trim());
const [ledger, orders] = [texts("ledger"), texts("orders")];
const has = (rows, text) => rows.some((row) => row.includes(text) && row.includes("123.00"));
console.log(has(ledger, "Past Due") && has(orders, "Open Orders") && !has(orders, "Past Due")
    ? "test successful" : `wrong: ${ledger} | ${orders}`);
"""


@tagged("post_install", "-at_install")
class TestComponentList(CreditCommon, HttpCase):
    def test_the_credit_file_lists_the_components(self):
        self.make_user("manager", login="component_manager")
        customer = self.make_customer(1000, name="Listed Customer")
        self.make_invoice(customer, 123, days_overdue=3)
        self.make_confirmed(customer, 123)
        self.browser_js(
            f"/odoo/credit-profiles/{self.profile_of(customer).id}",
            LISTED,
            ready="!!document.querySelector('.o_credit_component_list [data-name]')",
            login="component_manager",
            success_signal="test successful",
        )
