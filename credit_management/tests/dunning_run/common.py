"""Runs that are sent, and the e-mails that left."""

import email
import email.policy
from datetime import timedelta
from unittest.mock import patch

from odoo.addons.base.tests.common import MockSmtplibCase

from ..dunning.common import DunningCommon


class SendingCommon(MockSmtplibCase, DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "books@bluepump.example"
        cls.company.credit_controller_id = cls.controller = cls.make_user("controller", email="credit@house.example")
        cls.plan = cls.make_plan({"days": 7, "days_deadline": 7})
        cls.level = cls.plan.level_ids
        cls.day = cls.today

    def bill_late(self, amount=500.0, partner=None, days=10, **values):
        return self.invoice(amount, (self.today - timedelta(days=days)).isoformat(), partner, **values)

    def prepare_today(self, **values):
        return self.prepared(self.today.isoformat(), **values)

    def send_today(self, run=None, **values):
        """Send the run of today, and keep what left as `self.mails`."""
        with self.mock_smtplib_connection():
            run = self.send(run) if run else self.ran(self.today.isoformat(), **values)
            self.mails = [
                email.message_from_string(sent["message"], policy=email.policy.default) for sent in self.emails
            ]
        return run

    def files_of(self, mail):
        return [part.get_filename() for part in mail.iter_attachments()]

    def body_of(self, mail):
        return mail.get_body(("html",)).get_content().replace("\xa0", " ")

    def failing(self, error):
        """Let the mail server answer with an error whenever something is handed over."""
        def send_email(_server, _message, *_args, **_kwargs):
            raise error

        return patch.object(self.registry["ir.mail_server"], "send_email", send_email)

    def mail_of(self, notice):
        return self.env["mail.mail"].search([("model", "=", notice._name), ("res_id", "=", notice.id)])

    def channels_of(self, notice):
        return [(channel.kind, channel.state) for channel in notice.channel_ids]
