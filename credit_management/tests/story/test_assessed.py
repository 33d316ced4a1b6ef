"""A customer is assessed: from the button to the order that goes through, in the words of the people who do it."""

import base64
from datetime import datetime

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..assessment.common import LATE, AssessmentCommon
from ..financials.test_import import GOOD, workbook


@tagged("post_install", "-at_install")
class TestAssessed(AssessmentCommon):
    """C: 50 % first, at most 30 days. A: nothing first, up to 60 days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["credit.policy"].search([("state", "=", "on")]).action_deactivate()
        cls.days_60 = cls.env["account.payment.term"].create(
            {"name": "60 days", "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 60})]}
        )
        cls.make_policy(
            "limit_exceeded", "terms_longer", {"criterion": "deposit_missing", "effect_invoice": "none"},
            terms_ids=[
                Command.create({"rating_ids": cls.rating("C").ids, "days_max": 30}),
                Command.create({"rating_ids": cls.rating("A").ids, "days_max": 60}),
            ],
            deposit_rule_ids=[Command.create({"rating_ids": cls.rating("C").ids, "kind": "percent", "percent": 50})],
        )
        cls.make_card(cls.factor("days_late", 1, LATE), classes=[("A", 70), ("C", 0)])
        cls.kind.item_ids = [
            Command.create({"name": "Business license", "source": "file"}),
            Command.create({"name": "Balance sheet", "source": "financials"}),
        ]

    def test_from_assess_to_the_order_that_goes_through(self):
        for _number in range(3):
            self.make_paid(self.customer, 100, 3)
        order = self.make_held(self.customer, 4000, payment_term_id=self.days_60.id)

        self.assertEqual(
            {finding["criterion"] for finding in self.hold_of(order).findings},
            {"limit_exceeded", "terms_longer", "deposit_missing"}
        )

        # the controller presses Assess: data frozen, two documents missing on the checklist
        assessment = self.assess()
        self.assertEqual((assessment.score, assessment.rating_model_id), (80, self.rating("A")))
        self.assertEqual(assessment.missing_text, "Business license, Balance sheet")
        self.assertFalse(assessment.financials_rows)
        assessment.reason = "Pays on time; the balance sheet is sound"
        with self.assertRaisesRegex(UserError, "Business license"):
            assessment.action_submit()

        # uploads the balance sheet from XLSX, Z″ appears; attaches the license
        self.import_balance_sheet()
        self.assertEqual(self.rows(assessment, "financials")["altman"]["text"], "2.58")
        file = {"name": "license.pdf", "raw": b"%PDF"}
        license_file = self.env["ir.attachment"].with_user(self.preparer).create(file)
        assessment.item_ids.filtered(lambda item: item.source == "file").attachment_ids = license_file.ids
        self.assertFalse(assessment.missing_text)

        # submits; nobody has anything of it yet
        assessment.write({"limit_kind": "amount", "amount": 5000})
        assessment.action_submit()
        self.commit()
        self.assertHeld(order)
        self.assertEqual((self.profile.rating_id, self.profile.amount_limit), (self.rating("C"), 1000))

        # the manager approves from her list
        waiting = self.env["credit.assessment"].with_user(self.manager).search([("state", "=", "submitted")])
        self.assertEqual(waiting, assessment)
        waiting.action_approve()
        self.commit()

        # rating, limit and next review follow; terms and deposit by the policy of the new rating
        self.assertEqual((self.profile.rating_id, self.profile.amount_limit), (self.rating("A"), 5000))
        self.assertEqual(self.profile.date_review_next, self.profile._get_review_day(self.rating("A"), self.today))
        self.assertConfirmed(order)
        self.assertEqual(order.payment_term_id, self.days_60)
        said = [html2plaintext(body) for body in order.message_ids.mapped("body") if "Freed by" in (body or "")]
        self.assertEqual(said, [f"Freed by the assessment {assessment.name}, approved by {self.manager.name}."])

    def import_balance_sheet(self):
        """Import a year from a workbook by the mapping that comes with the add-on."""
        self.customer.ref = "00123"
        year = datetime(self.today.year - 1, 12, 31)
        wizard = self.env["credit.financials.import"].with_user(self.preparer).create(
            {
                "file": base64.b64encode(workbook(("00123", year, *GOOD))), "file_name": "years.xlsx",
                "mapping_id": self.env.ref("credit_management.financials_mapping_english").id, "is_from_document": True,
            }
        )
        wizard.action_check()
        back = wizard.action_import()
        self.assertEqual(back["type"], "ir.actions.act_window_close", "back to the assessment it was begun in")
