"""The day of a company: the same for everybody, wherever they sit."""

from datetime import date

from freezegun import freeze_time
from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestDay(CreditCommon):
    def test_the_day_changes_at_midnight_of_the_company(self):
        self.company.credit_tz = "America/Sao_Paulo"
        with freeze_time("2025-11-21 01:30:00"):
            self.assertEqual(self.company._credit_today(), date(2025, 11, 20))
        with freeze_time("2025-11-21 03:30:00"):
            self.assertEqual(self.company._credit_today(), date(2025, 11, 21))

    def test_neither_the_user_nor_the_context_chooses_the_day(self):
        self.company.credit_tz = "Europe/Dublin"
        self.env.user.tz = "Pacific/Kiritimati"
        with freeze_time("2026-06-15 13:00:00"):
            self.assertEqual(self.company._credit_today(), date(2026, 6, 15))
            there = self.company.with_context(tz="Etc/GMT+12")
            self.assertEqual(there._credit_today(), date(2026, 6, 15))

    def test_the_day_knows_summer_time(self):
        self.company.credit_tz = "Europe/Dublin"  # UTC in winter, one hour ahead in summer
        with freeze_time("2026-03-28 23:30:00"):
            self.assertEqual(self.company._credit_today(), date(2026, 3, 28))
        with freeze_time("2026-03-29 23:30:00"):
            self.assertEqual(self.company._credit_today(), date(2026, 3, 30))

    def test_sql_and_python_say_the_same_day(self):
        self.company.credit_tz = "Pacific/Auckland"
        self.env.flush_all()
        with freeze_time("2026-06-15 13:00:00"):
            day = self.env["res.company"]._credit_get_day_sql(self.env.cr.now())
            found = self.env.execute_query(SQL("SELECT %s FROM res_company c WHERE c.id = %s", day, self.company.id))
            self.assertEqual(found, [(date(2026, 6, 16),)])
            self.assertEqual(self.company._credit_today(), date(2026, 6, 16))

    def test_a_branch_has_the_day_of_its_head_office(self):
        self.company.credit_tz = "Pacific/Auckland"
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        with freeze_time("2026-06-15 13:00:00"):
            self.assertEqual(branch._credit_today(), date(2026, 6, 16))

    def test_the_zone_is_found_by_the_address_where_its_clocks_agree(self):
        company = self.env["res.company"].create({"name": "Cork", "country_id": self.env.ref("base.ie").id})
        self.assertEqual(company.credit_tz, "Europe/Dublin")
        self.assertFalse(company.credit_is_tz_confirmed, "a person has to look at it")
        company = self.env["res.company"].create({"name": "上海", "country_id": self.env.ref("base.cn").id})
        self.assertEqual(company.credit_tz, "Asia/Shanghai")

    def test_the_zone_is_found_by_most_users_where_the_country_has_several(self):
        company = self.env["res.company"].create({"name": "Texas", "country_id": self.env.ref("base.us").id})
        for number, zone in enumerate(["America/Chicago", "America/Chicago", "America/New_York"]):
            name = f"zone{number}"
            place = {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
            self.env["res.users"].create({"name": name, "login": name, "tz": zone, **place})
        self.assertEqual(company._credit_find_tz(), "America/Chicago")

    def test_a_zone_that_somebody_sets_is_confirmed(self):
        self.company.credit_tz = "Asia/Shanghai"
        self.assertTrue(self.company.credit_is_tz_confirmed)
