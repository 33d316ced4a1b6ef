"""Aged receivables go out by e-mail on their day, once per period, with the rights of who planned it."""

import io
from datetime import date

import pypdf
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import ScheduleCommon


@tagged("post_install", "-at_install")
class TestAgingSchedule(ScheduleCommon):
    def setUp(self):
        super().setUp()
        self.on("2026-06-10")
        self.schedule = self.make_schedule()

    def text_of(self, mailing):
        [file] = mailing.attachment_ids
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.raw)).pages)

    def test_it_is_planned_by_the_day_of_the_month_or_of_the_week(self):
        self.assertEqual(self.schedule.date_next, date(2026, 7, 1))
        self.schedule.write({"every": "week", "weekday": "2"})  # 10 June 2026 is a Wednesday
        self.assertEqual(self.schedule.date_next, date(2026, 6, 17))
        self.schedule.weekday = "3"
        self.assertEqual(self.schedule.date_next, date(2026, 6, 11))

    def test_the_preview_says_what_goes_to_how_many_with_whose_rights(self):
        self.assertEqual(
            self.schedule.preview,
            "On 07/01/2026, as of 06/30/2026: PDF of totals to Rita Reader. Read with the rights of Olga Owner.",
        )

    def test_it_goes_out_once_also_when_the_job_runs_twice(self):
        self.on("2026-07-01")
        self.run_job()
        [mailing] = self.mailings(self.schedule)
        self.assertEqual((mailing.date, mailing.as_of), (date(2026, 7, 1), date(2026, 6, 30)))
        self.assertEqual(mailing.mail_id.recipient_ids, self.reader)
        self.assertEqual(mailing.mail_id.attachment_ids, mailing.attachment_ids)
        self.assertIn("aged receivables as of 06/30/2026", mailing.mail_id.subject)
        self.assertEqual(self.schedule.date_next, date(2026, 8, 1))
        self.run_job()
        self.schedule.date_next = "2026-07-01"  # as if the job had died before it noted the next day
        self.run_job()
        self.assertEqual(self.mailings(self.schedule), mailing)

    def test_what_goes_out_is_what_its_user_sees(self):
        text = self._send()
        self.assertIn("400.00", text)
        seller = new_test_user(
            self.env, "aging-seller", groups="base.group_user,sales_team.group_sale_salesman,base.group_allow_export"
        )
        self.first.user_id, self.second.user_id = seller, self.owner
        self.env["account.move"].search([("partner_id", "=", self.second.id)]).invoice_user_id = self.owner
        text = self._send(self.make_schedule(seller))
        self.assertIn("100.00", text)
        self.assertNotIn("300.00", text)
        self.assertIn("Your customers only", text)

    def _send(self, schedule=None):
        schedule = schedule or self.schedule
        schedule.action_send_now()
        return self.text_of(self.mailings(schedule))

    def test_who_changes_recipients_or_content_has_it_read_with_the_own_rights(self):
        manager = new_test_user(
            self.env, "aging-manager", groups="account.group_account_manager,base.group_allow_export"
        )
        self.schedule.with_user(manager).name = "Renamed"
        self.assertEqual(self.schedule.user_id, self.owner)
        self.schedule.with_user(manager).partner_ids += manager.partner_id
        self.assertEqual(self.schedule.user_id, manager)

    def test_nobody_takes_the_rights_of_another(self):
        other = self.make_accountant("aging-other")
        with self.assertRaises(AccessError):
            self.schedule.with_user(other).partner_ids = other.partner_id
        made = self.make_schedule(other, user_id=self.owner.id)
        self.assertEqual(made.user_id, other)
        made.with_user(other).write({"user_id": self.owner.id})
        self.assertEqual(made.user_id, other)

    def test_files_are_opened_by_whose_rights_they_were_read_with_only(self):
        self.schedule.action_send_now()
        file = self.mailings(self.schedule).attachment_ids
        self.assertTrue(file.with_user(self.owner).raw)
        for user in (self.make_accountant("aging-other2"), new_test_user(
            self.env, "aging-manager2", groups="account.group_account_manager,credit_management.group_credit_manager"
        )):
            with self.assertRaises(AccessError):
                file.with_user(user).read(["raw"])
            self.assertFalse(self.env["credit.aging.mailing"].with_user(user).search([]))

    def test_each_recipient_gets_it_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        chinese = self.env["res.partner"].create({"name": "林薇", "email": "lin@reader.example", "lang": "zh_CN"})
        self.schedule.partner_ids += chinese
        self.on("2026-07-01")
        self.run_job()
        texts = {mailing.partner_id: self.text_of(mailing) for mailing in self.mailings(self.schedule)}
        self.assertIn("Currency: USD", texts[self.reader])
        self.assertIn("币种：USD", texts[chinese])

    def test_without_an_address_nothing_is_planned(self):
        lost = self.env["res.partner"].create({"name": "Lost"})
        for partners, text in ((lost, "no e-mail address of: Lost"), (lost.browse(), "at least one recipient")):
            with self.assertRaisesRegex(ValidationError, text):
                self.make_schedule(partner_ids=partners.ids)

    def test_an_address_that_is_gone_is_told_and_nothing_is_half_sent(self):
        self.reader.email = False
        self.assertIn("no e-mail address of: Rita Reader", self.schedule.preview)
        with self.assertRaisesRegex(UserError, "Nothing was sent. There is no e-mail address of: Rita Reader"):
            self.schedule.action_send_now()
        self.on("2026-07-01")
        self.run_job()
        self.assertFalse(self.mailings(self.schedule))
        self.assertEqual(self.schedule.date_next, date(2026, 8, 1))
        self.assertEqual(self.schedule.activity_ids.user_id, self.owner)
        self.assertIn("no e-mail address of: Rita Reader", self.schedule.activity_ids.note)

    def test_what_cannot_be_made_is_told_and_stops_no_other(self):
        other = self.make_schedule(name="Another")
        self.owner.group_ids -= self.env.ref("base.group_allow_export")
        second = self.make_schedule(self.make_accountant("aging-other3"))
        self.on("2026-07-01")
        self.run_job()
        self.assertFalse(self.mailings(self.schedule + other))
        self.assertIn("may not export", self.schedule.activity_ids.note)
        self.assertEqual(len(self.mailings(second)), 1)

    def test_an_unexpected_error_stops_no_other_either(self):
        self.env.cr.execute("UPDATE credit_aging_schedule SET domain = '[(''gone'', ''='', 1)]' WHERE id = %s",
                            [self.schedule.id])
        self.env.invalidate_all()
        second = self.make_schedule(name="Another")
        self.on("2026-07-01")
        with mute_logger("odoo.addons.credit_management.models.schedule.credit_aging_schedule_run"):
            self.run_job()
        self.assertIn("unexpected error", self.schedule.activity_ids.note)
        self.assertEqual(len(self.mailings(second)), 1)

    def test_an_archived_user_reads_nothing_any_more(self):
        self.owner.active = False
        self.on("2026-07-01")
        self.run_job()
        self.assertFalse(self.mailings(self.schedule))
        bodies = " ".join(self.schedule.sudo().message_ids.mapped("body"))
        self.assertIn("Olga Owner, with whose rights it is read, is archived", bodies)

    def test_filters_and_files_that_are_none_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot be found"):
            self.schedule.domain = "[('no_field', '=', 1)]"
        with self.assertRaisesRegex(ValidationError, "at least one kind of file"):
            self.schedule.is_pdf = False

    def test_who_may_not_export_plans_nothing(self):
        user = self.make_user("biller", login="aging-no-export")
        with self.assertRaisesRegex(AccessError, "may not export"):
            self.make_schedule(user)
        with self.assertRaises(AccessError):
            self.make_schedule(
                new_test_user(self.env, "aging-nobody", groups="base.group_user,base.group_allow_export")
            )

    def test_the_screen_hands_over_what_it_shows(self):
        items = self.env["credit.aging.schedule"].with_user(self.owner).with_context(
            credit_aging_set=self.years.id, credit_aging_basis="document", credit_aging_is_netted=True
        )
        context = items.action_plan(self.domain, "user_id")["context"]
        schedule = self.env["credit.aging.schedule"].with_user(self.owner).with_context(context).create({})
        self.assertEqual(schedule.bucket_set_id, self.years)
        self.assertEqual((schedule.basis, schedule.groupby), ("document", "user_id"))
        self.assertTrue(schedule.is_netted)
        self.assertEqual(schedule._get_domain(), Domain(self.domain))
        self.assertEqual(schedule.partner_ids, self.owner.partner_id)

    def test_files_are_removed_after_their_time_and_the_mailing_stays_noted(self):
        self.schedule.action_send_now()
        mailing = self.mailings(self.schedule)
        mailing.date = "2020-01-01"
        mailing._gc_files()
        self.assertFalse(mailing.attachment_ids)
        self.assertTrue(mailing.exists())
