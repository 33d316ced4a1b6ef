"""What an accountant is asked when the customer phones stands on the posted invoice."""

from odoo.tests import Form, tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestStanding(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)

    def standing(self, invoice):
        self.env.invalidate_all()
        return invoice.credit_days_overdue, invoice.credit_customer_overdue, invoice.credit_customer_days

    def test_lateness_of_the_invoice_and_what_is_overdue_of_the_customer(self):
        old = self.make_invoice(self.customer, 300, 40)
        new = self.make_invoice(self.customer, 200, 5)
        self.receive(self.customer, 100)
        self.assertEqual(self.standing(new), (5, 400.0, 40))
        self.assertEqual(self.standing(old), (40, 400.0, 40))

    def test_what_is_due_today_or_paid_is_not_late(self):
        today, paid = self.make_invoice(self.customer, 300, 0), self.make_invoice(self.customer, 200, 5)
        self.pay(paid)
        self.assertEqual(self.standing(today), (0, 0.0, 0))
        self.assertEqual(self.standing(paid), (0, 0.0, 0))

    def test_a_draft_has_no_standing_and_opens_no_file(self):
        partner = self.env["res.partner"].create({"name": "New", "is_company": True})
        draft = self.make_invoice(partner, 300, 5, post=False)
        self.assertEqual(self.standing(draft), (0, 0.0, 0))

    def test_an_accountant_without_credit_rights_reads_it(self):
        invoice = self.make_invoice(self.customer, 300, 40)
        self.profile_of(self.customer)._set_dunning_level(2, "Typed")
        self.env.invalidate_all()
        form = Form(invoice.with_user(self.make_user("biller")))
        self.assertEqual((form.credit_lateness, form.credit_standing.replace("\xa0", " ")), (
            "40 days overdue (column: 31–60 days)",
            "Overdue of the customer: $ 300.00 · the oldest for 40 days · dunning level 2",
        ))
