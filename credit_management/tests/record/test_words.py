"""What the system writes down is read in the reader's language, whoever made it write."""

from odoo.tests import tagged
from odoo.tools import sql

from ..change.test_loosening import LooseningCommon

ZH = "zh_CN"


@tagged("post_install", "-at_install")
class TestWords(LooseningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(ZH)
        cls.label("credit.rating", "amount_limit", "额度金额")
        cls.label("credit.profile", "rating_id", "评级")
        cls.policy.with_context(lang=ZH).name = "均衡"
        cls.policy.name = "Balanced"
        cls.rating.with_context(lang=ZH).name = "优"
        cls.manager.lang = ZH

    @classmethod
    def label(cls, model, name, text):
        """Give a field a Chinese label, as the language's file does."""
        cls.env["ir.model.fields"]._get(model, name).with_context(lang=ZH).field_description = text
        cls.env.registry.clear_all_caches()

    def last_row(self, lang="en_US", **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["credit.log"].search(domain, limit=1).with_context(lang=lang)

    def act_in_chinese(self, record):
        return record.with_user(self.manager).with_context(lang=ZH)

    def test_a_row_of_the_log_is_read_in_both_languages(self):
        self.company.sudo().credit_second_person = "told"
        self.act_in_chinese(self.profile).write({"rating_id": self.rating.id, "is_excluded": True})
        for lang, label, name, yes in (("en_US", "Rating", "Q", "Yes"), (ZH, "评级", "优", "是")):
            rows = self.profile.log_ids.with_context(lang=lang).grouped("field_name")
            self.assertEqual(rows[label].value_after, name)
            self.assertIn(yes, [row.value_after for row in rows.values() for row in row])

    def test_a_row_is_found_and_grouped_in_the_language_of_the_reader(self):
        order = self.make_order(self.customer, 500)
        order.with_context(lang=ZH).action_confirm()
        Log = self.env["credit.log"].with_context(lang=ZH)
        found = Log.search([("policy_name", "ilike", "均衡"), ("res_id", "=", order.id)])
        self.assertEqual((found.policy_name, found.with_context(lang="en_US").policy_name), ("均衡", "Balanced"))
        self.assertEqual(Log._read_group([("id", "in", found.ids)], ["policy_name"], ["__count"]), [("均衡", 1)])

    def test_a_policy_that_gets_another_name_keeps_the_old_one_in_old_rows(self):
        order = self.make_confirmed(self.customer, 100)
        self.policy._update_field_translations("name", {"en_US": "Strict", ZH: "严格"})
        later = self.make_confirmed(self.customer, 100)
        self.assertEqual(self.last_row(ZH, res_id=order.id, kind="check").policy_name, "均衡")
        self.assertEqual(self.last_row(ZH, res_id=later.id, kind="check").policy_name, "严格")

    def test_a_change_that_is_asked_for_is_read_in_both_languages(self):
        change = self.ask(self.rating.with_context(lang=ZH), {"amount_limit": 4000})
        told = change.with_user(self.colleague)
        self.assertEqual(told.with_context(lang="en_US").summary, "Limit Amount: 1,000.00 → 4,000.00")
        self.assertEqual(told.with_context(lang=ZH).summary, "额度金额: 1,000.00 → 4,000.00")
        self.assertEqual(told.with_context(lang="en_US").record_name, "Q")
        self.assertEqual(told.with_context(lang=ZH).record_name, "优")
        self.assertIn("Decide on the change of Q", change.sudo().activity_ids.mapped("summary"))

    def test_a_draft_that_is_held_has_its_name_in_both_languages(self):
        invoice = self.make_invoice(self.customer, 2000, post=False)
        invoice.with_context(lang=ZH, credit_interactive=True).action_post()
        hold = self.hold_of(invoice)
        self.assertIn("Draft Invoice", hold.with_context(lang="en_US").document_name)
        self.assertNotIn("Draft Invoice", hold.with_context(lang=ZH).document_name)
        row = self.last_row("en_US", res_model="account.move", res_id=invoice.id)
        self.assertIn("Draft Invoice", row.document_name)

    def test_why_a_stopped_order_stops_is_read_in_both_languages(self):
        order = self.make_confirmed(self.customer, 100)
        self.act_in_chinese(order)._credit_force_hold("")
        found = [{"criterion": "forced_hold", "figures": {"reason": order._credit_get_forced_hold(self.profile)}}]
        texts = {
            lang: self.env["credit.finding.text"].with_context(lang=lang)._render_all(found, self.company)[0]
            for lang in ("en_US", ZH)
        }
        self.assertEqual(texts["en_US"], "Stopped whatever the figures say: forced hold.")
        self.assertNotIn("forced", texts[ZH])

    def test_the_steps_of_the_emergency_plan_are_in_the_language_of_whoever_takes_them(self):
        self.profile.controller_id = self.colleague
        plan = self.env.ref("credit_management.plan_emergency")
        self.act_in_chinese(self.profile)._set_account_status("stop", "Insolvent", plan)
        steps = self.profile.activity_ids.mapped("summary")
        self.assertIn("Call the customer: reason and date of payment", steps)

    def test_the_note_of_the_controllers_task_is_in_the_controllers_language(self):
        self.profile.controller_id = self.colleague
        order = self.make_held(self.customer, 2000)
        hold = self.hold_of(order).with_context(lang=ZH)
        hold._request_release(self.manager)
        self.assertIn("over by", hold.activity_ids.filtered(lambda task: task.user_id == self.colleague).note)

    def test_names_that_were_kept_in_one_language_are_read_in_all(self):
        """Upgrading: the columns of texts become those of words, and what was in them stays."""
        hold = self.hold_of(self.make_held(self.customer, 2000))
        self.env.flush_all()
        self.env.cr.execute(
            "ALTER TABLE credit_hold ALTER COLUMN document_name TYPE varchar USING document_name ->> 'en_US'"
        )
        self.env.cr.execute("UPDATE credit_hold SET document_name = 'Draft of before' WHERE id = %s", [hold.id])
        columns = sql.table_columns(self.env.cr, "credit_hold")
        hold._fields["document_name"].update_db(hold, columns)
        self.env.invalidate_all()
        self.assertEqual(hold.document_name, "Draft of before")
        self.assertEqual(hold.with_context(lang=ZH).document_name, "Draft of before")
