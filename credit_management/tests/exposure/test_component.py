"""The table of components: what is said there is what figures, sheet and bar show."""

from unittest.mock import patch

from odoo.addons.credit_management.models.exposure.component import COMPONENTS, Component, LazyTranslate
from odoo.addons.credit_management.models.sheet import credit_exposure_line
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import CreditCommon

_lt = LazyTranslate("credit_management")
RENTED = Component("rented", _lt("Rented Out"), _lt("At the customer."), drawn_as="orders", listed="orders")


@tagged("post_install", "-at_install")
class TestComponent(CreditCommon):
    def add(self, component, amount=0):
        """Add a component that every profile has an amount of: by its entry and a source."""
        registry = type(self.env["credit.exposure"])
        components, sources = registry._get_components, registry._get_sources
        rented = SQL(
            """
            SELECT company_id, partner_id, 'rented' AS component, 'res.partner' AS res_model, partner_id AS res_id,
                   id AS row_id, CURRENT_DATE AS date_due, %s::numeric AS amount, %s::numeric AS amount_currency,
                   NULL::int AS currency_id
              FROM credit_profile
            """,
            amount,
            amount,
        )
        self.patch(registry, "_get_components", lambda model: (*components(model), component))
        self.patch(registry, "_get_sources", lambda model, scope: {**sources(model, scope), "rented": rented})

    def test_a_component_needs_one_entry_and_a_source(self):
        customer = self.make_customer(1000)
        self.add(RENTED, 70)
        profile = self.profile_of(customer)
        self.assertExposure(customer, 70, rented=70)
        self.assertEqual(profile.amount_available, 930)
        lines = self.env["credit.exposure.line"].search([("profile_id", "=", profile.id)])
        self.assertEqual((lines.component, lines.amount, lines.amount_counted), ("rented", 70, 70))

    def test_a_component_without_a_field_shows_in_the_credit_file(self):
        profile = self.profile_of(self.make_customer(1000))
        self.add(RENTED, 70)
        self.assertEqual(profile.component_amounts["rented"], 70)
        [part] = profile.exposure_bar["parts"]
        self.assertEqual((part["label"], part["kind"], part["amount"]), ("Rented Out", "orders", 70))
        self.assertEqual(profile.component_list[-1]["label"], "Rented Out")
        self.assertEqual(profile.component_list[-1]["listed"], "orders")

    def test_the_switch_of_an_entry_decides_for_the_sum_the_sheet_and_the_bar(self):
        profile = self.profile_of(self.make_customer(1000))
        self.add(Component("rented", RENTED.label, RENTED.help, switch="credit_count_drafts", drawn_as="orders"), 70)
        for is_counted in (True, False):
            self.company.credit_count_drafts = is_counted
            self.env.invalidate_all()
            lines = self.env["credit.exposure.line"].search([("profile_id", "=", profile.id)])
            self.assertEqual(profile.amount_exposure, 70 * is_counted)
            self.assertEqual((lines.is_counted, lines.amount_counted), (is_counted, 70 * is_counted))
            self.assertEqual(len(profile.exposure_bar["parts"]), is_counted)

    def test_every_component_of_ours_has_a_figure_that_says_what_the_table_says(self):
        Profile = self.env["credit.profile"]
        for component in COMPONENTS:
            field = Profile._fields[component.amount_field]
            self.assertEqual((field.string, field.help), (component.label._source, component.help._source))
            self.assertTrue(component.switch in (None, False) or component.switch in self.company._fields)

    def test_the_credit_file_lists_every_component_once(self):
        profile = self.profile_of(self.make_customer(1000))
        names = self.env["credit.exposure"]._get_component_names()
        self.assertEqual(len(profile.component_list), len(names))
        self.assertEqual(len(set(names)), len(names))

    def test_more_sources_or_components_than_an_id_tells_apart_fail(self):
        scope = self.env["credit.exposure"]._make_scope(self.today)
        Line = self.env["credit.exposure.line"]
        for limit in ("MAX_SOURCES", "MAX_COMPONENTS"):
            with patch.object(credit_exposure_line, limit, 5), self.assertRaises(ValueError):
                Line._get_rows_sql(scope)

    def test_an_id_leads_back_to_its_row(self):
        customer = self.make_customer()
        invoice = self.make_invoice(customer, 100)
        [line] = self.env["credit.exposure.line"].search([("profile_id", "=", self.profile_of(customer).id)])
        self.assertEqual(line._get_row_id(), invoice.line_ids.filtered("date_maturity").id)

    def test_sources_name_their_columns(self):
        Exposure = self.env["credit.exposure"]
        scope = Exposure._make_scope(self.today)
        for name, source in Exposure._get_sources(scope).items():
            self.assertNotRegex(source.code, r"(?i)select\s+(\w+\.)?\*", name)
            self.assertTrue(self.env.execute_query(SQL("SELECT COUNT(*) FROM (%s) s", source)), name)
