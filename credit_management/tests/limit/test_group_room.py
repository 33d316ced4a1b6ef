"""What is available to a member of a credit group is what the group leaves, where that is less than its own."""

from unittest.mock import patch

from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestGroupRoom(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member, cls.sister, cls.alone = (cls.make_customer(limit, name) for limit, name in (
            (1000, "Member"), (5000, "Sister"), (500, "Alone"),
        ))
        cls.files = cls.profile_of(cls.member) | cls.profile_of(cls.sister) | cls.profile_of(cls.alone)
        cls.group = cls.env["credit.group"].create(
            {"name": "Family", "limit_type": "amount", "amount_limit": 2000, "currency_id": cls.company.currency_id.id}
        )
        cls.files[:2].group_id = cls.group
        cls.make_invoice(cls.sister, 1800)

    def available(self):
        self.env.invalidate_all()
        return self.files.mapped("amount_available")

    def found(self, *condition):
        mine = [("id", "in", self.files.ids), ("amount_available", *condition)]
        return self.env["credit.profile"].search(mine).mapped("partner_id.name")

    def test_a_list_shows_what_binds(self):
        """1,800 of the sister's leave 200 of the group's 2,000: less than 1,000 of the member, and than 200 of it."""
        self.assertEqual(self.available(), [200.0, 200.0, 500.0])
        self.make_invoice(self.member, 300)
        self.assertEqual(self.available(), [-100.0, -100.0, 500.0])

    def test_a_file_is_found_and_sorted_by_what_binds(self):
        self.make_invoice(self.alone, 400)
        self.assertEqual(self.available(), [200.0, 200.0, 100.0])
        self.assertEqual(self.found("<", 150), ["Alone"])
        self.assertEqual(sorted(self.found("=", 200)), ["Member", "Sister"])
        files = self.env["credit.profile"].search([("id", "in", self.files.ids)], order="amount_available, id")
        self.assertEqual(files.mapped("partner_id.name"), ["Alone", "Member", "Sister"])

    def test_what_members_owe_another_company_counts_too(self):
        """200 of a currency of which two are a dollar are 100: 2,000 - 1,800 - 100 = 100 are left; there, 200."""
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        other = self.setup_other_company(name="Abroad", currency_id=currency.id)["company"]
        self.env.user.company_ids += other
        rate = {"currency_id": currency.id, "name": "1900-01-01", "rate": 2.0, "company_id": other.id}
        self.env["res.currency.rate"].create(rate)
        abroad = self.profile_of(self.sister, other)
        abroad.write({"limit_type": "amount", "amount_limit": 5000, "group_id": self.group.id})
        self.make_invoice(self.sister.with_company(other), 200, company_id=other.id)
        self.assertEqual(self.available(), [100.0, 100.0, 500.0])
        self.assertEqual(abroad.amount_available, 200.0)
        condition = [("id", "=", abroad.id), ("amount_available", "=", 200)]
        self.assertEqual(self.env["credit.profile"].search(condition), abroad)

    def test_an_archived_group_binds_nobody(self):
        self.group.active = False
        self.assertEqual(self.available(), [1000.0, 3200.0, 500.0])
        self.assertEqual(self.found(">", 600), ["Member", "Sister"])
        self.assertFalse(self.files[0].exposure_bar["group_text"])

    def test_a_customer_without_limit_of_its_own_has_what_the_group_leaves(self):
        self.files[0].limit_type = "unlimited"
        self.assertEqual(self.available(), [200.0, 200.0, 500.0])

    def test_a_group_whose_amount_nobody_entered_is_cash_only(self):
        self.files[2].group_id = self.env["credit.group"].create({"name": "New"})
        self.assertEqual(self.available(), [200.0, 200.0, 0.0])

    def test_members_are_added_up_however_many_are_read_at_a_time(self):
        """1,800 of the sister and 300 of the member are 2,100, read one after the other or all at once."""
        self.make_invoice(self.member, 300)
        Exposure = self.env.registry["credit.exposure"]
        for batches in ([[self.member.id, self.sister.id]], [[self.sister.id], [self.member.id]]):
            with self.subTest(batches=batches), patch.object(Exposure, "_split_listed", return_value=batches):
                self.group.invalidate_recordset()
                self.assertEqual((self.group.amount_exposure, self.group.amount_overdue), (2100.0, 0.0))

    def test_a_page_asks_for_its_groups_once(self):
        """The figures of three files take no more statements than those of two members."""
        def ask(files):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            files.mapped("amount_available")
            return self.env.cr.sql_log_count - before

        ask(self.files)
        self.assertEqual(ask(self.files), ask(self.files[:2]))

    def test_what_a_list_may_do_with_figures_is_said_without_reading_them(self):
        self.env["credit.profile"].fields_get()
        before = self.env.cr.sql_log_count
        found = self.env["credit.profile"].fields_get(["amount_available", "amount_exposure", "exposure_bar"])
        self.assertEqual([found[name]["sortable"] for name in found], [True, True, False])
        self.assertLessEqual(self.env.cr.sql_log_count - before, 2)
