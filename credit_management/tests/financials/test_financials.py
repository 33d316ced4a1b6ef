"""Financial statements: what is entered, what balances, what they say, and who may see them."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import CreditCommon

YEAR = date(2025, 12, 31)
GREY = {
    "assets": 2000, "assets_current": 800, "liabilities": 1300, "liabilities_current": 500, "equity": 700,
    "retained_earnings": 300, "ebit": 160,
}


class FinancialsCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()
        cls.profile = cls.profile_of(cls.customer)

    def enter(self, amounts, **values):
        """Enter a year as a form does, with these amounts alone."""
        lines = [Command.create({"item": item, "amount": amount, "is_known": True}) for item, amount in amounts.items()]
        values = {"profile_id": self.profile.id, "date_end": YEAR, "line_ids": lines, **values}
        return self.env["credit.financials"].create(values)

    def figure(self, financials, name):
        rows = {row["name"]: row for row in (financials.altman_figures or []) + financials.ratio_figures}
        return rows[name]["text"], rows[name]["note"]


@tagged("post_install", "-at_install")
class TestFinancials(FinancialsCommon):
    def test_the_worked_figures_are_grey(self):
        financials = self.enter(GREY)
        self.assertEqual(financials.altman_zone, "grey")
        self.assertEqual(financials.altman_text, "2.58 · Gray Zone")
        texts = [(row["name"], row["text"]) for row in financials.altman_figures]
        self.assertEqual(
            texts,
            [("working_capital", "0.984"), ("retained_earnings", "0.489"), ("ebit", "0.538"), ("equity", "0.565"),
             ("altman", "2.58")],
        )

    def test_c04_negative_terms_are_named_and_count(self):
        financials = self.enter(
            {"assets": 1000, "assets_current": 300, "liabilities": 1100, "liabilities_current": 450, "equity": -100,
             "retained_earnings": -200, "ebit": -50}
        )
        self.assertEqual(financials.altman_text, "-2.07 · Distress")
        self.assertEqual(self.figure(financials, "equity"), ("-0.095", "Negative, and counts as it is"))

    def test_what_nobody_entered_is_named(self):
        financials = self.enter({name: amount for name, amount in GREY.items() if name != "ebit"})
        self.assertEqual(financials.altman_text, "Not entered: EBIT")
        self.assertEqual(self.figure(financials, "current"), ("1.60", "Current assets ÷ current liabilities"))
        self.assertEqual(self.figure(financials, "quick"), ("–", "Not entered: Inventories"))
        self.assertFalse(financials.altman_zone)

    def test_zero_is_an_amount(self):
        financials = self.enter({**GREY, "inventories": 0, "interest": 0})
        self.assertEqual(self.figure(financials, "quick")[0], "1.60")
        self.assertEqual(self.figure(financials, "interest_cover"), ("–", "Interest expense: 0"))

    def test_who_owes_nothing_is_safe_without_a_figure(self):
        financials = self.enter({**GREY, "liabilities": 0, "liabilities_current": 0, "equity": 2000})
        self.assertEqual(financials.altman_zone, "safe")
        self.assertEqual(financials.altman_text, "Safe: nothing is owed, so there is no figure")

    def test_assets_are_equity_and_liabilities_to_the_cent(self):
        self.assertTrue(self.enter({**GREY, "assets": 2000.004}))
        with self.assertRaisesRegex(ValidationError, r"They differ by \$\D*0\.01"):
            self.enter({**GREY, "assets": 2000.01}, is_audited=True)

    def test_lines_that_were_changed_past_the_form_have_no_figures(self):
        financials = self.enter(GREY)
        financials.line_ids.filtered(lambda line: line.item == "equity").amount = 690
        self.assertFalse(financials.altman_zone)
        self.assertIn("Assets differ from equity and liabilities by", financials.altman_text)
        self.assertEqual({row["text"] for row in financials.ratio_figures}, {"–"})

    def test_a_new_year_has_a_line_for_each_amount_and_none_is_entered(self):
        form = Form(self.env["credit.financials"].with_context(default_profile_id=self.profile.id))
        form.date_end = YEAR
        with form.line_ids.edit(3) as line:
            line.amount = 500
        with form.line_ids.edit(2) as line:
            line.is_known = True
        financials = form.save()
        self.assertEqual(len(financials.line_ids), 13)
        known = financials.line_ids.filtered("is_known")
        self.assertEqual([(line.item, line.amount) for line in known], [("inventories", 0), ("assets", 500)])
        self.assertIn("Current assets", financials.altman_text)

    def test_one_of_each_kind_for_a_year(self):
        self.enter(GREY)
        self.enter(GREY, is_audited=True)
        with self.assertRaisesRegex(ValidationError, "12/31/2025 already"):
            self.enter(GREY)

    def test_a_correction_stays_with_the_statements(self):
        financials = self.enter(GREY)
        line = financials.line_ids.filtered(lambda line: line.item == "ebit")
        financials.write({"line_ids": [Command.update(line.id, {"amount": 170})]})
        self.assertRegex(financials.message_ids[0].body, r"EBIT: .*160\.00 → .*170\.00")

    def test_they_stay_with_their_customer(self):
        financials = self.enter(GREY)
        with self.assertRaisesRegex(UserError, "stay with their customer"):
            financials.profile_id = self.profile_of(self.make_customer())
        financials.write({"profile_id": self.profile.id, "auditor": "Shannon Audit"})

    def test_controllers_enter_them_and_managers_delete_them(self):
        controller = self.make_user("controller")
        financials = self.enter(GREY).with_user(controller)
        self.assertEqual(financials.altman_zone, "grey")
        self.assertEqual(self.profile.with_user(controller).financials_ids, financials)
        with self.assertRaises(AccessError):
            financials.unlink()
        financials.with_user(self.make_user("manager")).unlink()
        self.assertIn("Financial statements deleted", self.profile.message_ids[0].body)

    def test_nobody_else_sees_them(self):
        financials = self.enter(GREY)
        for role in ("credit_user", "sales", "biller"):
            user = self.make_user(role)
            with self.subTest(role), self.assertRaises(AccessError):
                financials.with_user(user).read(["date_end"])
            with self.subTest(role), self.assertRaises(AccessError):
                self.env["credit.financials.line"].with_user(user).search([])
            with self.subTest(role), self.assertRaises(AccessError):
                self.profile.with_user(user).read(["financials_ids"])

    def test_another_company_does_not_see_them(self):
        financials = self.enter(GREY)
        other = self.env["res.company"].create({"name": "Another"})
        user = self.make_user("controller")
        user.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        self.assertFalse(self.env["credit.financials"].with_user(user).search([("id", "=", financials.id)]))
        with self.assertRaises(AccessError):
            financials.line_ids.with_user(user).read(["amount"])

    def test_those_of_merged_customers_stand_beside_each_other(self):
        other = self.make_customer()
        self.enter(GREY)
        self.enter(GREY, profile_id=self.profile_of(other).id)
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((self.customer | other).ids, self.customer)
        self.assertEqual(len(self.profile_of(self.customer).financials_ids), 2)
        self.assertEqual(self.profile_of(self.customer).financials_ids.partner_id, self.customer)

    def test_a_list_of_them_asks_the_database_a_few_times(self):
        for year in range(1950, 2030):
            self.enter(GREY, date_end=date(year, 12, 31))
        self.env.invalidate_all()
        found = self.env["credit.financials"].search([("profile_id", "=", self.profile.id)])
        self.assertEqual(len(found), 80)
        with self.assertQueryCount(12):
            found.read(["profile_id", "date_end", "is_audited", "amount_assets", "amount_equity", "amount_sales",
                        "items_entered", "altman_zone", "altman_text", "source", "company_id"])
