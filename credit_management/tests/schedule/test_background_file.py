"""A file that takes long is made in the background; only who asked opens it."""

import io
from datetime import date
from unittest.mock import patch

import openpyxl
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from ...models.aging import file_formats
from .common import ScheduleCommon


@tagged("post_install", "-at_install")
class TestBackgroundFile(ScheduleCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.on("2026-06-30")

    def ask(self, kind="xlsx", user=None):
        schedules = self.env["credit.aging.schedule"].with_user(user or self.owner)
        return schedules.with_context(credit_aging_as_of="2026-05-31").make_in_background(kind, self.domain)

    def found(self):
        # as the job sees them: the test's user is not the one who asks
        schedules = self.env["credit.aging.schedule"].sudo().with_context(active_test=False)
        return schedules.search([("is_once", "=", True)])

    def test_what_takes_more_than_half_a_minute_is_not_waited_for(self):
        """Open items: 0.4 ms each on pages, 0.12 ms in a workbook; a row per group: 0.2 ms."""
        self.assertEqual(file_formats.find_slow(10_000, 27_000), [])
        self.assertEqual(file_formats.find_slow(10_000, 75_000), ["pdf_items"])
        self.assertEqual(file_formats.find_slow(10_000, 300_000), ["pdf_items", "xlsx"])
        with patch.object(file_formats, "SECONDS_MOST", 0):
            self.assertIn("xlsx", self.page("2026-06-30")["aging"]["slow_files"])

    def test_it_is_made_once_and_only_who_asked_opens_it(self):
        self.assertIn("made in the background", self.ask())
        self.ask()  # pressed twice
        [schedule] = self.found()
        self.run_job()
        [mailing] = self.mailings(schedule)
        self.assertEqual((mailing.user_id, mailing.as_of), (self.owner, date(2026, 5, 31)))
        self.assertFalse(mailing.mail_id)
        [file] = mailing.attachment_ids
        sheet = openpyxl.load_workbook(io.BytesIO(file.raw), data_only=True).worksheets[0]
        self.assertEqual(sheet.cell(sheet.max_row, sheet.max_column).value, 400)
        messages = schedule.sudo().env["mail.message"]  # it is the owner's
        message = messages.search([("partner_ids", "=", self.owner.partner_id.id), ("model", "=", schedule._name)])
        self.assertIn(f"/web/content/{file.id}?download=true", message.body)
        self.run_job()
        self.assertEqual(self.mailings(schedule), mailing)
        self.assertFalse(schedule.active)
        self._check_link(file)

    def _check_link(self, file):
        url = f"/web/content/{file.id}?download=true"
        self.make_accountant("aging-curious")
        self.authenticate("aging-curious", "aging-curious")
        self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate(None, None)
        self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate("aging-owner", "aging-owner")
        answer = self.url_open(url)
        self.assertEqual((answer.status_code, answer.content), (200, file.raw))

    def test_what_cannot_be_made_is_told_to_who_asked(self):
        self.ask()
        self.owner.group_ids -= self.env.ref("base.group_allow_export")
        [schedule] = self.found()
        self.run_job()
        self.assertFalse(self.mailings(schedule))
        self.assertFalse(schedule.active)
        message = schedule.message_ids.filtered(lambda message: "may not export" in message.body)
        self.assertEqual(message.notified_partner_ids, self.owner.partner_id)

    def test_a_job_is_started_at_once(self):
        job = self.env.ref("credit_management.cron_mail_agings")
        triggers = self.env["ir.cron.trigger"].sudo()  # who asks does not see jobs
        before = triggers.search_count([("cron_id", "=", job.id)])
        self.ask()
        self.assertEqual(triggers.search_count([("cron_id", "=", job.id)]), before + 1)

    def test_who_may_not_read_or_export_gets_nothing(self):
        with self.assertRaises(AccessError):
            self.ask(user=new_test_user(self.env, "aging-bg", groups="base.group_user,base.group_allow_export"))
        with self.assertRaisesRegex(AccessError, "may not export"):
            self.ask(user=self.make_user("biller", login="aging-bg2"))
        with self.assertRaisesRegex(UserError, "no kind of file"):
            self.ask("exe")
        self.assertFalse(self.found())
