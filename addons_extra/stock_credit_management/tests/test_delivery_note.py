"""The numbers of delivery notes stand beside the customer's own."""

from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliveryNote(DeliveryCommon):
    def test_an_invoice_knows_what_was_delivered_for_its_lines(self):
        self.policy.action_deactivate()
        transfer = self.make_delivery(self.make_customer(10000))
        self.validate_part(transfer, 4)
        invoice = transfer.sale_id._create_invoices()
        numbers = invoice._credit_read_numbers()[invoice.id]
        self.assertEqual(numbers["delivery"], transfer.name)  # its backorder has not left
        self.assertEqual(invoice._credit_get_numbers_text(numbers), f"Delivery Note {transfer.name}")
