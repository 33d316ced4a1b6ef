"""Inside Odoo: what the generator needs and SQL should not make up: companies, charts, products.

Run as `python -m benchmarks.prepare DATABASE PHASE`, in the Python that has Odoo.
"""

import sys

from .session import environment

PRODUCTS = 20


def core(env):
    """Create the other companies and the products, and tell SQL about them in `bench.company`."""
    euro = env["res.currency"].with_context(active_test=False).search([("name", "=", "EUR")])
    euro.active = True
    first = env["res.company"].search([], order="id", limit=1)
    dollar = first.currency_id
    companies = first | _create_company(env, "Second Company", dollar) | _create_company(env, "Third Company", euro)
    env["res.users"].browse(2).company_ids = companies
    products = _create_products(env, companies)
    _create_table(env)
    for number, company in enumerate(companies, 1):
        company.account_use_credit_limit = True
        _insert(env, number, company, euro if company.currency_id == dollar else dollar, products)


def credit(env):
    """Switch a policy with one rule on, for every company."""
    policy = env["credit.policy"].create(
        {
            "name": "Benchmark",
            "company_id": False,
            "rule_ids": [(0, 0, {"criterion": "limit_exceeded", "effect_order": "hold"})],
        }
    )
    policy.action_activate()


def _create_company(env, name, currency):
    """Create a company with Odoo's generic chart of accounts."""
    company = env["res.company"].create({"name": name, "currency_id": currency.id})
    env["account.chart.template"].with_company(company).try_loading("generic_coa", company, install_demo=False)
    company.currency_id = currency  # the chart sets its own
    return company


def _create_products(env, companies):
    """Create products of either invoicing policy, each with the sales tax of every company."""
    domain = [("type_tax_use", "=", "sale"), ("amount", "=", 15), ("company_id", "in", companies.ids)]
    taxes = env["account.tax"].search(domain)
    return env["product.product"].create(
        [
            {
                "name": f"Product {number}",
                "type": "service",
                "invoice_policy": "delivery" if number % 2 else "order",
                "list_price": 10 * number,
                "taxes_id": [(6, 0, taxes.ids)],
            }
            for number in range(1, PRODUCTS + 1)
        ]
    )


def _create_table(env):
    """Create the schema of the generator and the table of companies."""
    env.cr.execute(
        """
        DROP SCHEMA IF EXISTS bench CASCADE;
        CREATE SCHEMA bench;
        CREATE TABLE bench.company (number int, company_id int, company_currency_id int, foreign_currency_id int,
            is_euro boolean, receivable_id int, income_id int, outstanding_id int, tax_id int, tax_group_id int,
            tax_account_id int, tax_invoice_line_id int, tax_refund_line_id int, sales_journal_id int,
            bank_journal_id int, method_line_id int, method_id int, uom_id int, products int[]);
        """
    )


def _insert(env, number, company, foreign, products):
    """Insert the row of a company: which accounts, journals and taxes its documents use."""
    of_company = [("company_id", "=", company.id)]
    tax = env["account.tax"].search([*of_company, ("type_tax_use", "=", "sale"), ("amount", "=", 15)], limit=1)
    sales = env["account.journal"].search([*of_company, ("type", "=", "sale")], limit=1)
    bank = env["account.journal"].search([*of_company, ("type", "=", "bank")], limit=1)
    accounts = env["account.account"].with_company(company)
    method_line = bank.inbound_payment_method_line_ids[:1]
    outstanding = accounts.search([("code", "=", "101403"), ("company_ids", "=", company.id)], limit=1)
    method_line.payment_account_id = outstanding
    lines = {line.document_type: line for line in tax.repartition_line_ids if line.repartition_type == "tax"}
    values = (
        number, company.id, company.currency_id.id, foreign.id, company.currency_id.name == "EUR",
        accounts.search([("code", "=", "121000"), ("company_ids", "=", company.id)], limit=1).id,
        sales.default_account_id.id, outstanding.id, tax.id, tax.tax_group_id.id, lines["invoice"].account_id.id,
        lines["invoice"].id, lines["refund"].id, sales.id, bank.id, method_line.id, method_line.payment_method_id.id,
        products[0].uom_id.id, products.ids,
    )
    env.flush_all()
    env.cr.execute(f"INSERT INTO bench.company VALUES ({', '.join(['%s'] * len(values))})", values)


def main():
    """Run one phase in one database, and commit."""
    database, phase = sys.argv[1:]
    with environment(database) as env:
        {"core": core, "credit": credit}[phase](env)
        env.cr.commit()


if __name__ == "__main__":
    main()
