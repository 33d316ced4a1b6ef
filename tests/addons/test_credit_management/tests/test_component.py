"""A component of another add-on: one entry and its source, and exposure, sheet and bar have it."""

from odoo.tests import tagged

from .common import GuaranteeCommon


@tagged("post_install", "-at_install")
class TestComponent(GuaranteeCommon):
    def test_it_counts_in_the_exposure_beside_the_others(self):
        customer = self.make_customer(1000)
        self.make_invoice(customer, 200)
        self.make_given(customer, 300)
        self.make_guarantee(customer, 5000)
        self.assertEqual(self.exposure(customer), 500)

    def test_the_sheet_lists_its_documents_and_adds_up(self):
        customer = self.make_customer(1000)
        self.make_invoice(customer, 200)
        guarantee = self.make_given(customer, 300)
        lines = self.env["credit.exposure.line"].search([("profile_id", "=", self.profile_of(customer).id)])
        own = lines.filtered(lambda line: line.component == "guarantees")
        self.assertEqual((own.res_model, own.res_id, own.amount_counted), (guarantee._name, guarantee.id, 300))
        self.assertEqual(own.document_name, "Guarantee")
        labels = dict(own._fields["component"]._description_selection(self.env))
        self.assertEqual(labels[own.component], "Guarantee given")
        self.assertEqual(sum(lines.mapped("amount_counted")), self.exposure(customer))

    def test_the_bar_and_the_credit_file_show_it_without_a_view(self):
        customer = self.make_customer(1000)
        self.make_given(customer, 300)
        profile = self.profile_of(customer)
        [part] = profile.exposure_bar["parts"]
        self.assertEqual((part["label"], part["amount"], part["kind"]), ("Guarantees Given", 300, "open"))
        [listed] = [entry for entry in profile.component_list if entry["amount"]]
        self.assertEqual((listed["label"], listed["is_counted"]), ("Guarantees Given", True))

    def test_an_order_is_tested_with_it(self):
        self.make_policy("limit_exceeded")
        customer = self.make_customer(1000)
        self.make_given(customer, 300)
        self.make_held(customer, 701)
        order = self.make_order(customer, 700)
        self.confirm(order)
        self.assertConfirmed(order)

    def test_what_is_left_is_shown_after_it(self):
        customer = self.make_customer(1000)
        self.make_given(customer, 300)
        self.assertEqual(self.profile_of(customer).amount_available, 700)
