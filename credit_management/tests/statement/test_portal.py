"""The customer's own list of statements, and the signature that is drawn on a statement's page."""

import re
from base64 import b64encode

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import StatementCommon
from .test_answer import PNG


class PortalCommon(StatementCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.invoice(1000.0, "2026-04-01")

    def log_in(self, partner, login):
        contact = self.env["res.partner"].create({"name": login, "parent_id": partner.id})
        new_test_user(self.env, login, groups="base.group_portal", password=login, partner_id=contact.id,
                      company_id=self.company.id, company_ids=[Command.set(self.company.ids)])
        self.authenticate(login, login)

    def names(self, url="/my/statements"):
        """Return the numbers in the list, in its order."""
        return re.findall(r'href="/my/statements/\d+"[^>]*>([^<]+)</a>', self.url_open(url).text)


@tagged("post_install", "-at_install")
class TestStatementList(PortalCommon):
    def test_the_customer_finds_the_own_statements_newest_first(self):
        old, new, draft = self.sent("2026-05-31"), self.sent("2026-06-30"), self.state("2026-06-29")
        stranger = self.make_customer(name="Stranger")
        self.invoice(7.0, "2026-04-01", partner=stranger)
        self.state("2026-06-30", stranger).action_mark_sent()
        self.log_in(self.customer, "list-own")
        self.assertEqual(self.names(), [new.name, old.name])
        self.assertNotIn(draft.name, self.url_open("/my/statements").text)
        self.assertIn("1,000.00", self.url_open("/my/statements").text)

    def test_the_list_is_filtered_sorted_and_searched(self):
        old, new = self.sent("2026-05-31"), self.sent("2026-06-30")
        old._note_agreed(name="Ann Li", method="phone")
        self.log_in(self.customer, "list-search")
        self.assertEqual(self.names("/my/statements?filterby=open"), [new.name])
        self.assertEqual(self.names("/my/statements?filterby=agreed"), [old.name])
        self.assertEqual(self.names("/my/statements?sortby=name"), [new.name, old.name])
        self.assertEqual(self.names(f"/my/statements?search={old.name}"), [old.name])
        self.assertEqual(self.names("/my/statements?sortby=nonsense&filterby=nonsense"), [new.name, old.name])

    def test_the_portal_counts_what_is_to_be_confirmed(self):
        self.sent("2026-05-31")
        self.sent("2026-06-30")._note_agreed(name="Ann Li", method="phone")
        self.log_in(self.customer, "list-count")
        answer = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["credit_statement_count", "credit_statement_open_count"]}
        )
        self.assertEqual((answer["credit_statement_count"], answer["credit_statement_open_count"]), (1, 1))

    def test_the_list_needs_a_login(self):
        self.sent()
        self.assertIn("/web/login", self.url_open("/my/statements").url)


@tagged("post_install", "-at_install")
class TestStatementSignature(PortalCommon):
    def setUp(self):
        super().setUp()
        self.statement = self.sent()

    def sign(self, signature=PNG, name="Ann Li", query="&function=Chief%20accountant", token=None):
        token = token or self.statement.access_token
        found = self.make_jsonrpc_request(
            f"/my/statements/{self.statement.id}/signature?access_token={token}{query}",
            {"name": name, "signature": signature and b64encode(signature).decode()},
        )
        self.env.invalidate_all()
        return found

    def test_a_signature_is_kept_with_the_answer_and_on_a_letter_of_its_own(self):
        letter = self.statement.pdf_id
        self.assertTrue(self.sign()["force_refresh"])
        self.assertEqual(
            (self.statement.state, self.statement.answer_name, self.statement.answer_function,
             self.statement.answer_method),
            ("agreed", "Ann Li", "Chief accountant", "drawn"),
        )
        self.assertEqual(self.statement.answer_scan_id.raw, PNG)
        self.assertEqual(self.statement.pdf_id, letter)  # what went out stays
        self.assertIn("signed", self.statement.answer_pdf_id.name)
        url = f"/my/statements/{self.statement.id}/signed?access_token={self.statement.access_token}"
        self.assertEqual(self.url_open(url).content, b"%PDF-1.4")
        with self.assertRaisesRegex(AccessError, "They stay"):
            self.statement.answer_pdf_id.with_user(self.make_user("manager")).unlink()

    def test_the_signed_letter_shows_the_signature_and_what_was_signed(self):
        self.sign()
        html = self.env["ir.actions.report"]._render_qweb_html(
            "credit_management.report_statement", self.statement.ids
        )[0].decode()
        for text in ("data:image/png;base64,", "Ann Li", "Chief accountant", self.statement.pdf_sha256):
            self.assertIn(text, html)
        self.assertNotIn("Please confirm", html)

    def test_what_is_no_signature_is_refused_and_nothing_kept(self):
        self.assertEqual(self.sign(None)["error"], "Please sign.")
        self.assertIn("a picture", self.sign(b"%PDF-1.4")["error"])
        self.assertIn("enter the name", self.sign(name=" ")["error"])
        self.assertEqual(self.statement.state, "sent")
        self.assertFalse(self.statement.answer_scan_id)

    def test_it_is_signed_once_and_with_the_own_token_only(self):
        refused = "This statement takes no answer any more."
        self.assertEqual(self.sign(token="wrong")["error"], refused)
        self.assertEqual(self.statement.state, "sent")
        self.sign()
        self.assertEqual(self.sign(name="Bob")["error"], refused)
        self.assertEqual(self.statement.answer_name, "Ann Li")

    def test_the_page_asks_for_the_capacity_and_then_for_the_signature(self):
        page = f"/my/statements/{self.statement.id}?access_token={self.statement.access_token}"
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(page).text).group(1)
        asked = self.url_open(page.replace("?", "/sign?"), data={
            "csrf_token": csrf, "name": "Ann Li", "function": "Chief & accountant",
        }).text
        self.assertIn("portal.signature_form", asked)
        self.assertIn("function=Chief%20%26%20accountant", asked)
        self.assertIn("Ann Li", asked)
