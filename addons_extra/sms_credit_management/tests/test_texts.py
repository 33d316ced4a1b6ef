"""Text messages of notices: to whom, when, what they say, and never twice."""

from datetime import datetime
from unittest.mock import patch

from odoo.addons.credit_management.tests.dunning_run.common import SendingCommon
from odoo.addons.sms.tools.sms_api import SmsApi
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

MORNING, NIGHT = datetime(2026, 1, 15, 10, 0), datetime(2026, 1, 15, 22, 0)  # a Thursday


@tagged("post_install", "-at_install")
class TestTexts(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.credit_tz = "UTC"
        cls.customer.write({"country_id": cls.env.ref("base.be").id, "phone": "+32456001122", "tz": False})
        cls.level.write({"is_email": False, "is_sms": True})

    def setUp(self):
        super().setUp()
        self.texts, self.answer = [], "success"
        patched = patch.object(SmsApi, "_send_sms_batch", self.gateway())
        patched.start()
        self.addCleanup(patched.stop)
        self.at(MORNING)

    def gateway(self):
        """Return what stands for the gateway: it keeps the texts, and answers what the test wants."""
        def send(_api, messages, delivery_reports_url=False):
            sent = [(number["number"], message["content"], number["uuid"])
                    for message in messages for number in message["numbers"]]
            self.texts += sent
            return [{"uuid": uuid, "state": self.answer} for _number, _text, uuid in sent]

        return send

    def texted(self):
        """Return the channel of the notice that was texted."""
        self.bill_late()
        run = self.send_today()
        return run.notice_ids.channel_ids.filtered(lambda channel: channel.kind == "sms")

    def test_it_goes_to_the_customer_and_never_says_what_is_owed(self):
        channel = self.texted()
        [(number, text, _uuid)] = self.texts
        self.assertEqual((number, channel.state, channel.address), ("+32456001122", "sent", "+32456001122"))
        self.assertIn(channel.notice_id.name, text)
        self.assertIn(channel.notice_id.access_token, text)
        self.assertNotIn("500", text)
        self.assertEqual(channel.notice_id.channel_result, "SMS")

    def test_it_waits_for_the_hours_of_whoever_gets_it(self):
        self.at(NIGHT)
        channel = self.texted()
        self.assertEqual((self.texts, channel.state), ([], "open"))
        self.assertEqual(channel.date_planned, datetime(2026, 1, 16, 8, 0))  # 9:00 in Belgium
        self.at(datetime(2026, 1, 16, 8, 1))
        self.run_cron("cron_dunning")
        self.run_cron("cron_dunning")
        self.assertEqual((len(self.texts), channel.state), (1, "sent"))

    def test_who_pays_until_then_is_not_texted(self):
        self.at(NIGHT)
        channel = self.texted()
        self.paid(channel.notice_id.line_ids.move_id)
        self.at(datetime(2026, 1, 16, 8, 1))
        self.run_cron("cron_dunning")
        self.assertEqual((self.texts, channel.state, channel.error), ([], "failed", "Not sent: Paid"))

    def test_what_is_undone_until_then_is_not_texted(self):
        self.at(NIGHT)
        channel = self.texted()
        channel.notice_id.run_id._undo("Wrong texts")
        self.at(datetime(2026, 1, 16, 8, 1))
        self.run_cron("cron_dunning")
        self.assertEqual((self.texts, channel.state), ([], "failed"))

    def test_without_a_number_a_letter_goes_instead(self):
        self.customer.phone = False
        channel = self.texted()
        self.assertEqual(self.channels_of(channel.notice_id), [("sms", "failed"), ("letter", "open")])

    def test_who_wants_no_texts_gets_none(self):
        self.env["phone.blacklist"].add("+32456001122")
        self.assertEqual((self.texted().state, self.texts), ("failed", []))

    def test_what_the_gateway_refuses_is_said_and_a_letter_goes_instead(self):
        self.answer = "wrong_number_format"
        channel = self.texted()
        self.assertEqual((channel.state, channel.error), ("failed", "Wrong Number Format"))
        self.assertEqual(self.channels_of(channel.notice_id), [("sms", "failed"), ("letter", "open")])
        self.assertFalse(self.env["sms.sms"].search([("state", "=", "outgoing")]))

    def test_a_server_that_was_killed_leaves_a_text_that_may_have_arrived_and_is_not_sent_again(self):
        self.at(NIGHT)
        channel = self.texted()
        with patch.object(type(channel), "_commit_text", lambda _channel: None):
            self.assertTrue(channel._claim_text())
        self.at(datetime(2026, 1, 16, 8, 1))
        self.run_cron("cron_dunning")
        self.assertEqual((self.texts, channel.state), ([], "failed"))
        self.assertIn("may have arrived", channel.error)

    def test_a_delivery_report_is_noted(self):
        channel = self.texted()
        self.env["sms.tracker"].search([("sms_uuid", "=", self.texts[0][2])])._action_update_from_sms_state("sent")
        self.assertEqual((channel.state, channel.proof), ("sent", "delivered"))

    def test_a_text_that_came_back_is_noted(self):
        channel = self.texted()
        tracker = self.env["sms.tracker"].search([("sms_uuid", "=", self.texts[0][2])])
        tracker._action_update_from_provider_error("invalid_destination")
        self.assertEqual(channel.state, "bounced")
        self.assertTrue(channel.notice_id.has_problem)

    def test_one_text_that_goes_wrong_stops_no_other(self):
        second = self.make_customer(name="Second")
        second.write({"country_id": self.env.ref("base.be").id, "phone": "+32456001133", "tz": False})
        self.bill_late(partner=second)
        find = self.registry["credit.notice"]._get_text

        def fail_once(notice):
            if notice.partner_id == self.customer:
                raise ValueError("broken template")
            return find(notice)

        with patch.object(self.registry["credit.notice"], "_get_text", fail_once), mute_logger(
            "odoo.addons.sms_credit_management.models.credit_notice_channel"
        ):
            channel = self.texted().filtered(lambda channel: channel.partner_id == self.customer)
        self.assertEqual((channel.state, channel.error), ("failed", "broken template"))
        self.assertEqual([number for number, _text, _uuid in self.texts], ["+32456001133"])

    def test_a_test_run_texts_nobody(self):
        self.company.credit_dunning_test_email = "test@house.example"
        self.assertFalse(self.texted())
        self.assertEqual(self.texts, [])

    def test_a_level_without_a_text_is_refused_before_anything_is_sent(self):
        self.level.sms_template_id = False
        self.bill_late()
        with self.assertRaisesRegex(UserError, "has no text"):
            self.prepare_today()

    def test_it_is_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        self.level.sms_template_id.with_context(lang="fr_FR").body = "Lisez {{ object.name }}"
        channel = self.texted()
        self.assertEqual(self.texts[0][1], f"Lisez {channel.notice_id.name}")
