"""The customer's side: account page, statement, request, signature and online payment."""

import re
from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import CreditCommon

NEUTRAL = "We are checking your order and will be in touch."
SIGNATURE = "R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="


class PortalCommon(CreditCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000.0, name="Portal customer")
        cls.user = cls.make_portal_user(cls.customer, "portal-customer")
        cls.company.credit_is_portal_limit_shown = True

    @classmethod
    def make_portal_user(cls, customer, login):
        contact = cls.env["res.partner"].create(
            {"name": login, "parent_id": customer.id, "email": f"{login}@example.com"}
        )
        return new_test_user(
            cls.env,
            login,
            groups="base.group_portal",
            password=login,
            partner_id=contact.id,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def page(self, url="/my/credit", user=None, **kwargs):
        login = (user or self.user).login
        self.authenticate(login, login)
        return self.url_open(url, **kwargs)

    def html(self, *args, **kwargs):
        """Return the text of a page; amounts are written with spaces that do not break."""
        return self.page(*args, **kwargs).text.replace("\xa0", " ")


@tagged("post_install", "-at_install")
class TestPortalAccount(PortalCommon):
    def test_the_page_shows_open_items_by_age(self):
        self.make_invoice(self.customer, 100.0, -5)
        late = self.make_invoice(self.customer, 200.0, 30)
        self.make_invoice(self.customer, 50.0, 121)
        account = self.profile_of(self.customer)._get_portal_values()
        self.assertEqual(
            [(name, amount) for name, _label, amount in account["aging"]],
            [("amount_1", 100.0), ("amount_2", 200.0), ("amount_3", 0.0), ("amount_4", 0.0), ("amount_5", 0.0),
             ("amount_6", 50.0)],
        )
        self.assertEqual(account["total"], 350.0)
        html = self.html()
        self.assertIn(late.name, html)
        self.assertIn("350.00", html)
        self.assertIn("650.00", html)  # available: 1,000 - 350

    def test_the_page_has_the_columns_of_the_report(self):
        self.env["credit.bucket.set"].create(
            {"name": "Ours", "sequence": 1, "company_id": self.company.id, "edges": "0, 7, 14"}
        )
        for amount, days in ((1.0, 0), (2.0, 1), (4.0, 7), (8.0, 8), (16.0, 14), (32.0, 15)):
            self.make_invoice(self.customer, amount, days)
        found = self.profile_of(self.customer)._get_portal_values()["aging"]
        self.assertEqual(
            [(title, amount) for _name, title, amount in found],
            [("Not due", 1.0), ("1–7 days", 6.0), ("8–14 days", 24.0), ("Over 14 days", 32.0)],
        )
        self.assertIn("8–14 days", self.html())

    def test_a_disputed_invoice_is_one_line_and_says_so(self):
        invoice = self.make_invoice(self.customer, 300.0, 10)
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 120.0, "reason": "Damaged"})
        items = self.profile_of(self.customer)._get_open_items(self.today)
        self.assertEqual([(item.amount, item.is_disputed) for item in items], [(300.0, True)])

    def test_a_payment_on_account_is_shown_as_a_credit(self):
        self.make_invoice(self.customer, 300.0, 10)
        self.receive(self.customer, 80.0)
        account = self.profile_of(self.customer)._get_portal_values()
        self.assertIn(("credits", "Credits", -80.0), account["aging"])
        self.assertEqual(account["total"], 220.0)

    def test_the_limit_is_shown_only_where_the_company_wants_it(self):
        self.assertIn("o_credit_limit", self.html())
        self.company.credit_is_portal_limit_shown = False
        self.assertNotIn("o_credit_limit", self.html())

    def test_a_company_that_does_not_show_the_page_has_none(self):
        self.company.credit_is_portal_shown = False
        self.assertTrue(self.page().url.endswith("/my"))
        self.assertFalse(self.env["credit.profile"].with_user(self.user)._get_for_portal())

    def test_the_card_of_the_home_page_counts_open_items(self):
        self.make_invoice(self.customer, 300.0, 10)
        self.assertIn("/my/credit", self.html("/my"))
        counters = self.make_jsonrpc_request("/my/counters", {"counters": ["credit_item_count"]})
        self.assertEqual(counters, {"credit_item_count": 1}, "each counter needs its place on the page")

    def test_nobody_sees_the_account_of_another_customer(self):
        other = self.make_customer(5000.0, name="Other customer")
        invoice = self.make_invoice(other, 77.0, 10)
        profile = self.profile_of(other)
        self.assertNotIn(invoice.name, self.html())
        response = self.page(f"/my/credit/{profile.id}/statement")
        self.assertTrue(response.url.endswith("/my"))
        self.request_limit(9000.0, profile=profile)
        self.assertFalse(self.env["credit.limit.request"].search([("profile_id", "=", profile.id)]))

    def test_the_statement_comes_as_page_and_as_pdf(self):
        invoice = self.make_invoice(self.customer, 123.45, 10)
        profile = self.profile_of(self.customer)
        page = self.page(f"/my/credit/{profile.id}/statement?report_type=html")
        self.assertIn(invoice.name, page.text)
        self.assertIn("123.45", page.text)
        pdf = self.page(f"/my/credit/{profile.id}/statement?report_type=pdf")
        self.assertEqual(pdf.status_code, 200)
        self.assertEqual(pdf.headers["Content-Type"].split(";")[0], "application/pdf")

    def test_the_items_of_the_page_are_those_of_the_exposure(self):
        self.make_invoice(self.customer, 100.0, -5)
        self.make_invoice(self.customer, 200.0, 30)
        self.make_refund(self.customer, 30.0)
        self.assertEqual(self.profile_of(self.customer)._get_portal_values()["total"], self.exposure(self.customer))

    # -- request -----------------------------------------------------------------------------------

    def request_limit(self, amount, reason="A larger project", profile=None):
        profile = profile or self.profile_of(self.customer)
        self.authenticate(self.user.login, self.user.login)
        return self.url_open(
            f"/my/credit/{profile.id}/request",
            data={"amount": amount, "reason": reason, "csrf_token": Request.csrf_token(self)},
        )

    def requests(self):
        return self.env["credit.limit.request"].search([("profile_id", "=", self.profile_of(self.customer).id)])

    def test_a_customer_asks_for_more_credit(self):
        response = self.request_limit("2500")
        self.assertIn("We have received your request", response.text)
        request = self.requests()
        self.assertEqual((request.state, request.amount, request.kind), ("submitted", 2500.0, "permanent"))
        self.assertEqual(request.requester_id, self.user)
        self.assertEqual(self.figures(self.customer)["amount_limit_effective"], 1000.0)

    def test_what_the_company_itself_proposes_is_not_shown(self):
        values = {"limit_type": "amount", "amount": 100.0, "reason": "Risky"}
        profile = self.profile_of(self.customer)
        self.env["credit.limit.request"].create({"profile_id": profile.id, **values}).action_submit()
        html = self.html()
        self.assertNotIn("you asked for", html)
        self.assertIn("Send request", html)

    def test_a_second_request_waits_for_the_first(self):
        self.request_limit("2500")
        response = self.request_limit("3000")
        self.assertIn("Your last request is still open", response.text)
        self.assertEqual(self.requests().mapped("amount"), [2500.0])

    def test_bad_input_is_explained_and_leaves_no_request(self):
        for amount in ("", "abc", "-5", "0", "nan", "inf", "1e300", "0.001"):
            self.assertIn("as an amount above zero", self.request_limit(amount).text, amount)
        self.assertIn("not above your present limit", self.request_limit("1000").text)
        self.assertIn("tell us why", self.request_limit("2000", reason="  ").text)
        self.assertIn("shorten the reason", self.request_limit("2000", reason="x" * 2001).text)
        self.assertFalse(self.requests())

    def test_what_was_typed_is_kept_and_not_run_as_html(self):
        response = self.request_limit("abc", reason="<script>alert(1)</script>")
        self.assertIn("&lt;script&gt;alert(1)", response.text)
        self.assertNotIn("<script>alert(1)", response.text)

    def test_a_portal_user_reaches_no_credit_record_by_rpc(self):
        order = self.make_order(self.customer, 5000.0, partner_invoice_id=self.customer.id)
        order.message_subscribe(self.user.partner_id.ids)
        for name in ("credit_panel", "credit_hold_reason"):
            with self.assertRaises(AccessError):
                order.with_user(self.user).read([name])
        with self.assertRaises(AccessError):
            order.with_user(self.user).action_credit_check()
        for model in (
            "credit.profile",
            "credit.hold",
            "credit.log",
            "credit.limit.request",
            "credit.exposure.line",
        ):
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(self.user).search([])


@tagged("post_install", "-at_install")
class TestPortalSignature(PortalCommon):
    def sign(self, order):
        """Sign a quotation through the real route; return the page that follows."""
        token = order._portal_ensure_token()
        result = self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {"access_token": token, "name": "Jo Signer", "signature": SIGNATURE},
        )
        self.assertNotIn("error", result)
        return self.url_open(result["redirect_url"]).text

    def make_quotation(self, price, **values):
        return self.make_order(
            self.customer, price, require_signature=True, require_payment=False, state="sent", **values
        )

    def test_a_signature_within_the_limit_confirms(self):
        self.make_policy()
        order = self.make_quotation(1000.0)
        page = self.sign(order)
        self.assertConfirmed(order)
        self.assertIn("Your order has been confirmed", page)

    def test_a_signature_over_the_limit_is_kept_and_the_order_held(self):
        self.make_policy()
        order = self.make_quotation(1000.01)
        page = self.sign(order)
        self.assertHeld(order)
        self.assertEqual(order.signed_by, "Jo Signer")
        self.assertTrue(self.get_signature(order))
        self.assertIn(NEUTRAL, page)
        self.assertIn("we have received your signature", page)
        self.assertNotIn("confirmed", page.split("o_credit_held")[1].split("</div>")[0])

    def test_the_customer_reads_no_figures_of_the_hold(self):
        self.make_policy()
        order = self.make_quotation(1234.56)
        page = self.sign(order).replace("\xa0", " ")
        self.assertNotIn("1,000.00", page)
        self.assertNotIn("234.56 ", page.replace("1,234.56 ", ""))
        self.assertNotIn("exposure", page.lower())

    def test_both_sides_are_told(self):
        self.make_policy()
        salesperson = self.make_user("sales")
        order = self.make_quotation(2000.0, user_id=salesperson.id)
        self.sign(order)
        self.commit()
        public = order.message_ids.filtered(lambda message: not message.subtype_id.internal)
        told = public.filtered(lambda message: NEUTRAL in (message.body or ""))
        self.assertEqual(told.author_id, salesperson.partner_id)
        self.assertEqual(told.message_type, "comment", "the portal shows no other")
        self.assertIn(self.customer, told.notified_partner_ids)
        note = order.message_ids.filtered(lambda message: "On credit hold" in (message.body or ""))
        self.assertTrue(note.subtype_id.internal)
        self.assertIn(salesperson.partner_id, note.notified_partner_ids)
        self.assertEqual(note.author_id, self.env.ref("base.partner_root"))

    def test_a_rule_that_refuses_holds_what_was_signed(self):
        self.make_policy({"criterion": "limit_exceeded", "effect_order": "refuse"})
        order = self.make_quotation(2000.0)
        self.assertIn(NEUTRAL, self.sign(order))
        self.assertHeld(order)
        self.assertTrue(self.get_signature(order))

    def test_without_a_policy_nothing_is_held(self):
        order = self.make_quotation(99999.0)
        self.sign(order)
        self.assertConfirmed(order)

    def test_a_payment_frees_the_signed_order_and_confirms_it(self):
        self.make_policy()
        order = self.make_quotation(2000.0)
        self.sign(order)
        self.set_limit(self.customer, 2000.0)
        self.commit()
        self.assertConfirmed(order)

    def test_a_release_of_a_signed_order_confirms_it(self):
        self.make_policy()
        order = self.make_quotation(2000.0)
        self.sign(order)
        self.release(order, self.make_user("controller"))
        self.assertConfirmed(order)

    def test_a_wrong_token_signs_nothing(self):
        order = self.make_quotation(10.0)
        with mute_logger("odoo.http"):
            result = self.make_jsonrpc_request(
                f"/my/orders/{order.id}/accept", {"access_token": "wrong", "name": "Jo", "signature": SIGNATURE}
            )
        self.assertIn("error", result)
        self.assertFalse(order.signature)


@tagged("post_install", "-at_install")
class TestStatement(PortalCommon):
    """Each currency is a block that says what is to be paid until when; nobody is asked for what is disputed."""

    def blocks(self):
        profile = self.profile_of(self.customer)
        return profile._get_statement_blocks(profile._get_open_items(self.today), self.today)

    def test_what_is_late_less_credits_is_asked_for_by_the_coming_friday(self):
        late = self.make_invoice(self.customer, 300.0, 10)
        self.make_invoice(self.customer, 900.0, -5)
        self.make_refund(self.customer, 50.0)
        [block] = self.blocks()
        self.assertEqual((block.due, block.total, block.invoices), (250.0, 1150.0, late))
        self.assertEqual(block.date_due, self.company._credit_get_next_friday())

    def test_where_nothing_is_late_what_is_due_next_is_asked_for_by_its_day(self):
        first = self.make_invoice(self.customer, 300.0, -3)
        self.make_invoice(self.customer, 900.0, -30)
        [block] = self.blocks()
        self.assertEqual((block.due, block.invoices), (300.0, first))
        self.assertEqual(block.date_due, self.today + timedelta(days=3))

    def test_what_is_disputed_is_not_asked_for(self):
        invoice = self.make_invoice(self.customer, 300.0, 10)
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 120.0, "reason": "Damaged"})
        self.assertEqual([block.due for block in self.blocks()], [180.0])

    def test_credits_that_cover_it_leave_nothing_to_pay(self):
        self.make_invoice(self.customer, 300.0, 10)
        self.make_refund(self.customer, 300.0)
        self.assertEqual([(block.due, block.date_due) for block in self.blocks()], [(0.0, None)])

    def test_each_currency_is_a_block_of_its_own(self):
        foreign = self.env["res.currency"].with_context(active_test=False).search([("name", "=", "CHF")])
        foreign.active = True
        self.make_invoice(self.customer, 300.0, 10)
        self.make_invoice(self.customer, 80.0, 10, currency_id=foreign.id)
        self.assertEqual(
            [(block.currency, block.due) for block in self.blocks()],
            [(self.company.currency_id, 300.0), (foreign, 80.0)],
        )

    def test_the_page_to_print_tells_reference_date_due_lateness_original_and_open_amount(self):
        bank = {"acc_number": "IE29 AIBK 9311 5212", "partner_id": self.company.partner_id.id}
        self.env["res.partner.bank"].create(bank)
        self.company.bank_journal_ids.bank_account_id = False
        invoice = self.make_invoice(self.customer, 300.0, 10, ref="PO-77")
        self.pay(invoice, 100.0)
        profile = self.profile_of(self.customer)
        page = self.page(f"/my/credit/{profile.id}/statement?report_type=html")
        text = page.content.decode().replace("\xa0", " ")
        row = re.search(rf"<tr>(?:(?!</tr>).)*{re.escape(invoice.name)}.*?</tr>", text, re.DOTALL).group()
        cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]
        days = [f"{day:%m/%d/%Y}" for day in (invoice.invoice_date, invoice.invoice_date_due)]
        self.assertEqual(cells, [invoice.name, "PO-77", *days, "10", "$ 300.00", "$ 200.00"])
        self.assertIn("Please pay", text)
        self.assertIn("IE29 AIBK 9311 5212", text)
        self.assertIn(self.company.name, text)

    def test_it_is_sent_by_mail_to_the_address_for_invoices_with_the_statement_attached(self):
        self.make_invoice(self.customer, 300.0, 10)
        billing = self.env["res.partner"].create(
            {"name": "Billing", "parent_id": self.customer.id, "type": "invoice", "email": "billing@example.com"}
        )
        profiles = self.profile_of(self.customer) | self.profile_of(self.make_customer(name="Other"))
        action = profiles[0].action_send_statement()
        composer = self.env[action["res_model"]].with_context(**action["context"]).create({})
        self.assertEqual(composer.partner_ids, billing)
        self.assertEqual(composer.attachment_ids.mapped("mimetype"), ["application/pdf"])
        self.assertEqual(profiles.action_send_statement()["context"]["default_composition_mode"], "mass_mail")

    def test_the_customer_s_page_prints_and_sends_it(self):
        customer = self.customer.with_user(self.make_user("credit_user"))
        self.assertEqual(customer.action_print_credit_statement()["type"], "ir.actions.report")
        self.assertEqual(
            customer.action_send_credit_statement()["context"]["default_res_ids"], self.profile_of(self.customer).ids
        )


@tagged("post_install", "-at_install")
class TestAnswers(PortalCommon):
    """A customer says when it pays and what is wrong; nothing of it loosens a check."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.controller = cls.make_user("controller", lang="en_US")
        cls.company.credit_controller_id = cls.controller

    def answer(self, what, profile=None, **data):
        profile = profile or self.profile_of(self.customer)
        self.authenticate(self.user.login, self.user.login)
        return self.url_open(f"/my/credit/{profile.id}/{what}", data={"csrf_token": Request.csrf_token(self), **data})

    def promises(self):
        return self.env["credit.promise"].search([("profile_id", "=", self.profile_of(self.customer).id)])

    def test_the_customer_says_when_it_pays(self):
        invoice = self.make_invoice(self.customer, 300.0, 10)
        day = self.today + timedelta(days=4)
        response = self.answer("promise", currency=self.company.currency_id.name, amount="250", date=day.isoformat())
        self.assertIn("We have received your answer", response.text)
        promise = self.promises()
        self.assertEqual((promise.amount, promise.date_promised, promise.invoice_ids), (250.0, day, invoice))
        self.assertEqual(promise.user_id, self.user)
        profile = self.profile_of(self.customer)
        self.assertIn("pays", profile.message_ids[0].body)
        self.assertIn(self.controller.partner_id, profile.message_ids[0].partner_ids)

    def test_one_promise_at_a_time_and_no_nonsense(self):
        self.make_invoice(self.customer, 300.0, 10)
        currency, day = self.company.currency_id.name, self.today + timedelta(days=4)
        wrong = (
            {"amount": "0"}, {"amount": "300.01"}, {"amount": "nan"}, {"date": ""}, {"date": "soon"},
            {"date": (self.today - timedelta(days=1)).isoformat()}, {"date": "2999-01-01"}, {"currency": "XXX"},
        )
        for values in wrong:
            data = {"currency": currency, "amount": "300", "date": day.isoformat(), **values}
            self.assertIn("alert-danger", self.answer("promise", **data).text, values)
        self.assertFalse(self.promises())
        self.answer("promise", currency=currency, amount="300", date=day.isoformat())
        text = self.answer("promise", currency=currency, amount="300", date=day.isoformat()).text
        self.assertIn("told us a day already", text)
        self.assertEqual(len(self.promises()), 1)

    def test_what_the_customer_contests_lies_on_the_desk_and_stays_overdue(self):
        invoice = self.make_invoice(self.customer, 300.0, 10)
        self.answer("disagree", move_id=str(invoice.id), reason="Goods were damaged")
        profile = self.profile_of(self.customer)
        self.assertIn(f"{invoice.name}: Goods were damaged", profile.message_ids[0].body)
        self.assertEqual(profile.activity_ids.mapped("user_id"), self.controller)
        self.assertFalse(self.env["credit.dispute"].search([("move_id", "=", invoice.id)]))
        self.assertEqual(self.figures(self.customer)["amount_overdue"], 300.0)

    def test_nobody_answers_for_another_customer(self):
        other = self.make_customer(5000.0, name="Other customer")
        self.make_invoice(other, 300.0, 10)
        profile = self.profile_of(other)
        count = len(profile.message_ids)
        self.answer("disagree", profile=profile, reason="Mine")
        day = (self.today + timedelta(days=4)).isoformat()
        self.answer("promise", profile=profile, currency=self.company.currency_id.name, amount="1", date=day)
        self.assertEqual(len(profile.message_ids), count)
        self.assertFalse(profile.promise_ids)
