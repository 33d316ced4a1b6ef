"""A calendar of an invoice in installments: each ages, is dunned and is paid by itself."""

from odoo import Command
from odoo.tests import tagged

from ..dunning.common import DunningCommon


@tagged("post_install", "-at_install")
class TestDunningInstallments(DunningCommon):
    """10,000 of 1 January 2026: 3,000 due on 31 January, 3,000 on 2 March, 4,000 on 1 April.

    The levels come after 7 and 21 days."""

    def setUp(self):
        super().setUp()
        self.make_plan(7, 21)
        terms = self.env["account.payment.term"].create({"name": "Three parts", "line_ids": [
            Command.create({"value": "percent", "value_amount": percent, "nb_days": days})
            for percent, days in ((30, 30), (30, 60), (40, 90))
        ]})
        self.bill = self.make_invoice(
            self.customer, 10000, invoice_date="2026-01-01", date="2026-01-01", invoice_payment_term_id=terms.id
        )

    def overdue(self, day):
        self.on(day)
        self.env.flush_all()
        self.env.invalidate_all()
        profile = self.profile_of(self.customer)
        return profile.amount_overdue, profile.days_overdue_max

    def test_each_installment_has_its_own_track(self):
        self.assertEqual(self.overdue("2026-01-31"), (0.0, 0))
        self.assertEqual(self.play("2026-01-30", "2026-02-20"), ["2026-02-07: $ 3,000.00, level 1"])
        self.assertEqual(self.overdue("2026-02-20"), (3000.0, 20))
        self.assertEqual(self.play("2026-02-21", "2026-02-24"), ["2026-02-21: $ 3,000.00, level 2"])
        self.assertEqual(self.level_of(), 2)
        self.paid(self.bill, 3000, "2026-02-25")
        self.on("2026-02-25")
        self.assertEqual(self.level_of(), 0, "the level goes with the installment that is paid")
        self.assertEqual(self.overdue("2026-03-02"), (0.0, 0), "the second one is due on this day")
        self.assertEqual(
            self.play("2026-02-25", "2026-03-31"),
            ["2026-03-09: $ 3,000.00, level 1", "2026-03-23: $ 3,000.00, level 2"],
        )
        self.assertEqual(self.overdue("2026-04-05"), (7000.0, 34))
        # the second one has had its last level: it is listed beside the third one, which begins at level 1
        self.assertEqual(self.play("2026-04-01", "2026-04-09"), ["2026-04-08: $ 7,000.00, level 1"])
        self.paid(self.bill, 3000, "2026-04-10")
        self.assertEqual(self.play("2026-04-10", "2026-05-31"), ["2026-04-22: $ 4,000.00, level 2"])
        self.paid(self.bill, 4000, "2026-06-01")
        self.assertEqual(self.overdue("2026-06-01"), (0.0, 0))
        self.assertEqual(self.play("2026-06-01", "2026-06-10"), [])

    def test_a_promise_of_one_installment_keeps_out_that_one_only(self):
        self.env["credit.promise"].create({
            "profile_id": self.profile_of(self.customer).id, "amount": 3000, "date_noted": "2026-03-05",
            "date_promised": "2026-03-20", "currency_id": self.company.currency_id.id,
        })
        self.assertEqual(self.play("2026-03-09", "2026-03-09"), ["2026-03-09: $ 3,000.00, level 1"])
