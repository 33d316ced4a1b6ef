"""What the log keeps of a check: everything that a person needs who asks in a year why it passed."""

from datetime import timedelta
from unittest.mock import patch

import psycopg2
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import CreditCommon

OVERDUE = {"criterion": "overdue_days", "days": 30, "days_grace": 5, "amount_tolerance": 10, "effect_order": "warn"}


@tagged("post_install", "-at_install")
class TestCheckLog(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded", OVERDUE, name="Careful")
        cls.customer = cls.make_customer(1000, "Asked Ltd")

    def rows(self, document):
        of_document = [("res_model", "=", document._name), ("res_id", "=", document.id)]
        return self.env["credit.log"].search(of_document)

    def kept(self, step):
        """Return what a step that ends in an error leaves to the writer after the transaction."""
        kept = []
        Log = self.env.registry["credit.log"]
        keep = patch.object(Log, "_keep", lambda _log, written, rows: kept.extend(zip(written, rows, strict=True)))
        with keep, self.assertRaises(UserError), self.env.cr.savepoint():
            step()
        return kept

    def test_a_check_that_ends_in_an_error_is_kept_with_its_reasons(self):
        order = self.make_order(self.customer, 1500)
        [((row_id, _is_there), row)] = self.kept(lambda: order.write({"state": "sale"}))
        self.assertIsNone(row_id)  # it was never written in the transaction that fails
        self.assertTrue(row["is_undone"])
        self.assertEqual((row["kind"], row["verdict"], row["document_name"]), ("check", "hold", {"en_US": order.name}))
        self.assertEqual((row["amount"], row["amount_limit"], row["amount_over"]), (1500, 1000, 500))
        self.assertEqual(row["findings"][0]["criterion"], "limit_exceeded")
        self.assertEqual(row["customer_name"], "Asked Ltd")

    def test_amounts_are_kept_in_cents(self):
        """1,000.30 for a limit of 1,000: what a computer takes off that is 0.2999999999999545."""
        [(_id, row)] = self.kept(lambda: self.make_order(self.customer, 1000.3).write({"state": "sale"}))
        self.assertEqual((row["amount_exposure_after"], row["amount_over"]), (1000.3, 0.3))

    def test_a_refusal_in_a_batch_keeps_what_was_decided_on_each(self):
        orders = self.make_order(self.customer, 700) | self.make_order(self.customer, 400)
        kept = self.kept(orders.action_confirm)
        self.assertEqual([(row["amount"], row["verdict"]) for _id, row in kept], [(700, "pass"), (400, "hold")])

    def test_rules_are_kept_with_their_thresholds_and_read_the_same_when_they_change(self):
        order = self.make_confirmed(self.customer, 700)
        row = self.rows(order)
        self.assertEqual(row.rules[0], {"criterion": "limit_exceeded", "effect": "hold", "amount_tolerance": 0})
        thresholds = {"days": 30, "days_grace": 5, "amount_tolerance": 10.0}
        self.assertEqual(row.rules[1], {"criterion": "overdue_days", "effect": "warn", **thresholds})
        careful = [("criterion", "=", "overdue_days"), ("policy_id.name", "=", "Careful")]
        self.env["credit.policy.rule"].search(careful).days = 90
        row.invalidate_recordset()
        last = row.rules_text.splitlines()[1].replace("\xa0", " ")
        self.assertEqual(
            last,
            "Overdue longer than: 30 days, 5 days of grace, by more than $ 10.00"
            " → $ 0.00 overdue, the oldest for 0 days → not hit",
        )

    def test_the_limit_of_the_group_is_the_one_that_was_tested_where_it_binds(self):
        euro = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])  # two euros for a dollar
        group = self.env["credit.group"].create(
            {"name": "Family", "limit_type": "amount", "amount_limit": 600, "currency_id": euro.id}
        )
        self.make_policy("group_limit_exceeded", name="Group", sequence=0)
        self.profile_of(self.customer).group_id = group
        row = self.rows(self.make_held(self.customer, 400))
        self.assertEqual((row.limit_name, row.amount_limit, row.amount_over), ("Family", 300, 100))
        self.assertEqual((row.facts["group"]["rate"], row.facts["group"]["limit"]["amount"]), (2, 600))
        self.assertEqual(row.facts["group_exposure_after"], 800)
        self.assertIn("Rate into the currency of the group: 2", row.facts_text)

    def test_the_own_limit_is_named_where_the_group_leaves_more_room(self):
        group = self.env["credit.group"].create({"name": "Family", "limit_type": "amount", "amount_limit": 9000})
        self.profile_of(self.customer).group_id = group
        row = self.rows(self.make_confirmed(self.customer, 400))
        self.assertEqual((row.limit_name, row.amount_limit), ("Asked Ltd", 1000))

    def test_what_was_free_of_the_check_says_why(self):
        order = self.make_order(self.customer, 5000)
        order.with_user(self.make_user("sales", "manager", login="not-the-seller")).credit_is_excluded = True
        order.action_confirm()
        row = self.rows(order)[0]
        self.assertEqual((row.verdict, row.exemption, row.rules), ("pass", "order_excluded", []))
        self.assertEqual(row.exemption_text, "The document was set to be not checked.")

    def test_a_hold_keeps_its_reasons_when_the_row_of_the_log_is_gone(self):
        hold = self.hold_of(self.make_held(self.customer, 1500))
        self.env.flush_all()
        with self.env["credit.log"]._lift("a test"):
            self.env.cr.execute(SQL("DELETE FROM credit_log WHERE id = %s", hold.decision_id.id))
        self.env.invalidate_all()
        self.assertFalse(hold.decision_id)
        self.assertIn("over by", hold.reason)
        self.assertEqual([tag["name"] for tag in hold.reason_tags], ["Limit exceeded"])

    def test_a_row_outlives_document_customer_and_company_name(self):
        order = self.make_held(self.customer, 1500)
        row, name = self.rows(order), order.name
        order.unlink()
        self.customer.name = "Renamed Ltd"
        row.invalidate_recordset()
        self.assertEqual((row.document_name, row.customer_name), (name, "Asked Ltd"))
        with self.assertRaisesRegex(UserError, "is gone"):
            row.action_open_document()

    def test_who_took_the_step_is_found_by_name(self):
        user = self.make_user("sales", login="march-seller", name="Marcia March")
        order = self.make_order(self.customer, 700, user_id=user.id)
        self.confirm(order, user)
        found = self.env["credit.log"].search([("person_name", "ilike", "marcia")])
        self.assertEqual(found, self.rows(order))

    def test_reasons_are_written_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        row = self.rows(self.make_held(self.customer, 1500))
        self.assertIn("1\xa0500,00", row.with_context(lang="fr_FR").findings_text)


@tagged("post_install", "-at_install")
class TestHistory(CreditCommon):
    """Releases, requests and merges beside the checks: the whole story of a document and of a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded")
        cls.customer = cls.make_customer(1000, "Told Ltd")

    def story(self, document):
        rows = self.env["credit.log"].search(document.action_credit_log()["domain"], order="id")
        return [(row.kind, row.verdict) for row in rows]

    def test_a_document_tells_who_let_it_pass(self):
        controller = self.make_user("controller", name="Clara")
        order = self.make_held(self.customer, 1500, self.make_user("sales"))
        self.release(order, controller, note="Pays on Friday")
        self.assertEqual(self.story(order), [("check", "hold"), ("release", "looser"), ("check", "released")])
        row = self.env["credit.log"].search([("kind", "=", "release"), ("res_id", "=", order.id)])
        release = self.hold_of(order).release_ids
        self.assertEqual((row.person_name, row.customer_name), ("Clara", "Told Ltd"))
        self.assertEqual((row.amount_most, row.value_after), (release.amount_max, release.date_until.isoformat()))
        self.assertIn("Pays on Friday", row.reason)

    def test_a_release_that_is_taken_back_says_so(self):
        controller = self.make_user("controller")
        order = self.make_held(self.customer, 1500, self.make_user("sales"))
        self.release(order, controller, is_resumed=False)
        self.hold_of(order).release_ids.with_user(controller).action_void()
        self.assertEqual(self.story(order)[-1], ("release", "tighter"))

    def test_an_approved_request_is_in_the_log_of_the_customer_with_its_reason(self):
        request = self.env["credit.limit.request"].create(
            {"profile_id": self.profile_of(self.customer).id, "amount": 3000, "reason": "Season"}
        )
        request.action_submit()
        request.with_user(self.make_user("manager")).action_approve()
        rows = self.env["credit.log"].search(
            [("res_model", "=", "credit.limit.request"), ("customer_ref", "=", self.customer.id)]
        )
        self.assertEqual((rows.amount_most, rows.value_after), (3000, "Approved"))
        self.assertIn("Season", rows.reason)

    def test_customers_that_became_one_have_one_story(self):
        source = self.make_customer(1000, "Before")
        order = self.make_confirmed(source, 100)
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((source | self.customer).ids, self.customer)
        rows = self.env["credit.log"].search(self.profile_of(self.customer).action_open_log()["domain"])
        self.assertIn((order.name, "Before"), rows.mapped(lambda row: (row.document_name, row.customer_name)))

    def test_the_log_stays_when_the_customer_goes(self):
        customer = self.make_customer(None, "Leaving")
        self.profile_of(customer).account_status = "stop"
        number = customer.id
        customer.unlink()
        row = self.env["credit.log"].search([("customer_ref", "=", number), ("value_after", "=", "Stop")])
        self.assertEqual((row.customer_name, row.verdict), ("Leaving", "tighter"))

    def test_a_decided_request_does_not_go_with_its_customer(self):
        customer = self.make_customer(1000, "Staying")
        request = self.env["credit.limit.request"].create(
            {"profile_id": self.profile_of(customer).id, "amount": 3000, "reason": "Season"}
        )
        request.action_submit()
        request.with_user(self.make_user("manager")).action_reject()
        with self.assertRaises(psycopg2.IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            customer.unlink()
        row = self.env["credit.log"].search([("customer_ref", "=", customer.id), ("value_after", "=", "Rejected")])
        self.assertEqual((row.amount_most, row.reason.partition(": ")[2]), (3000, "Season"))


@tagged("post_install", "-at_install")
class TestRetention(CreditCommon):
    """Rows go with the years of their company; seals tell what is right and what somebody has changed."""

    def append(self, company, **vals):
        return self.env["credit.log"]._append([{"kind": "check", "company_ref": company.id, **vals}])

    def seal(self, years_ago):
        moment = self.env.cr.now()
        with patch.object(self.env.cr, "now", lambda: moment - timedelta(days=366 * years_ago)):
            self.env["credit.log"]._cron_seal()

    def test_rows_older_than_the_company_keeps_them_go_and_the_others_stay_under_their_seals(self):
        Seal, other = self.env["credit.log.seal"], self.env["res.company"].create({"name": "Elsewhere"})
        self.company.credit_years_log_keep = 5
        self.assertEqual(other.credit_years_log_keep, 10)
        old, theirs = self.append(self.company), self.append(other)
        self.seal(6)
        young = self.append(self.company)
        self.seal(4)
        self.env["credit.log"]._cron_purge()
        self.assertEqual((old | theirs | young).exists(), theirs | young)
        self.assertFalse(Seal._find_broken())
        last = self.env["credit.log"].search([("kind", "=", "purge")], limit=1)
        self.assertIn(f"up to {old.id}", last.reason)
        with self.env["credit.log"]._lift("a forger with SQL"):
            self.env.cr.execute(SQL("DELETE FROM credit_log WHERE id = %s", young.id))
        self.assertEqual(Seal._find_broken().last_id, young.id)

    def test_a_manager_sees_which_seal_is_broken_first(self):
        manager = self.make_user("manager")
        Seal = self.env["credit.log.seal"].with_user(manager)
        row = self.append(self.company)
        self.seal(0)
        self.assertEqual(Seal.action_check()["params"]["type"], "success")
        with self.env["credit.log"]._lift("a forger with SQL"):
            self.env.cr.execute(SQL("UPDATE credit_log SET verdict = 'pass' WHERE id = %s", row.id))
        shown = Seal.action_check()["params"]
        self.assertEqual(shown["type"], "danger")
        self.assertIn(str(row.id), shown["message"])

    def test_a_column_of_a_later_version_breaks_no_seal(self):
        self.append(self.company)
        self.seal(0)
        self.env.cr.execute("ALTER TABLE credit_log ADD COLUMN of_tomorrow varchar")
        self.assertFalse(self.env["credit.log.seal"]._find_broken())
