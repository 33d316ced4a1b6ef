"""The table of criteria: one entry says everything, an add-on brings one, and what is gone stays readable."""

import re
from dataclasses import fields
from pathlib import Path

from lxml import etree
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ...engine.criteria.registry import CRITERIA as PREDICATES
from ...engine.facts import Facts
from ...models.cap.credit_criterion import CRITERIA as OF_CAPS
from ...models.policy.credit_criterion import CRITERIA as OF_POLICY
from ...models.policy.credit_criterion import MONEY, Criterion, _lt
from ...models.terms.credit_criterion import CRITERIA as OF_TERMS
from ..common import CreditCommon

CRITERIA = (*OF_POLICY, *OF_CAPS, *OF_TERMS)


def too_round(rule, case):
    """Hit by documents whose amount is a multiple of the rule's amount."""
    amount = case.request.amount_document
    return {"amount": amount} if amount % rule.amount == 0 else None


ROUND = Criterion(
    name="too_round",
    test=too_round,
    label=_lt("Round amount"),
    tag=_lt("Round"),
    sentence=_lt("%(amount)s is suspiciously round."),
    figures={"amount": MONEY},
    uses=("amount",),
    threshold=lambda rule: f"{rule.amount:g}",
    defects=((lambda rule: rule.amount == 0.01, _lt("every amount is round")),),
    cure=_lt("A crooked price."),
)


class CriteriaCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)

    def bring(self, *entries):
        """Let an add-on bring criteria of its own."""
        self.patch(self.env.registry["credit.criterion"], "_get_criteria", lambda _self: CRITERIA + entries)
        self.env.registry.clear_cache()

    def remove(self):
        """Remove that add-on again."""
        self.bring()


@tagged("post_install", "-at_install")
class TestTable(CriteriaCommon):
    def test_every_predicate_of_the_engine_has_its_entry(self):
        self.assertEqual({entry.name: entry.test for entry in CRITERIA if entry.test}, PREDICATES)

    def test_an_entry_uses_fields_of_a_rule_and_the_form_shows_each_of_them(self):
        arch = etree.tostring(self.env["credit.policy"]._get_view(view_type="form")[0], encoding="unicode")
        asked = set(re.findall(r"'(\w+)' not in uses", arch))
        self.assertEqual({name for entry in CRITERIA for name in entry.uses}, asked)
        self.assertLessEqual(asked, set(self.env["credit.policy.rule"]._fields))

    def test_no_view_and_no_script_names_a_criterion(self):
        arch = etree.tostring(self.env["credit.policy"]._get_view(view_type="form")[0], encoding="unicode")
        source = Path(__file__).parents[2] / "static" / "src"
        read = arch + "".join(path.read_text() for path in source.rglob("*.js"))
        names = "|".join(entry.name for entry in CRITERIA if entry.name != "domain")  # a widget is called so, too
        self.assertEqual(re.findall(rf"[\"']({names})[\"']|\b({names}):", read), [])

    def test_figures_are_written_in_a_way_that_there_is(self):
        kinds = {kind for entry in CRITERIA for kind in entry.figures.values()}
        writer = self.env["credit.finding.text"]
        self.assertEqual([kind for kind in kinds if not hasattr(writer, f"_format_{kind}")], [])

    def test_what_a_criterion_needs_is_a_fact(self):
        facts = {field.name for field in fields(Facts)}
        self.assertLessEqual({entry.needs for entry in CRITERIA if entry.needs}, facts)

    def test_the_form_asks_for_what_the_chosen_criterion_uses(self):
        with Form(self.make_policy("limit_exceeded", is_on=False)) as form, form.rule_ids.edit(0) as rule:
            self.assertEqual(rule.uses, ["amount_tolerance"])
            rule.criterion = "limit_missing"
            self.assertFalse(rule.uses)
            rule.criterion = "document_amount"
            self.assertEqual(rule.uses, ["amount"])

    def test_the_thresholds_of_a_rule_are_one_cell(self):
        rules = {
            "limit_exceeded": ({"amount_tolerance": 5}, "by more than $ 5.00"),
            "overdue_days": ({"days": 30, "days_grace": 3}, "30 days, 3 days of grace"),
            "overdue_amount": ({"percent": 10, "amount": 500}, "10 %, $ 500.00"),
            "payment_index": ({"percent": 80}, "80"),
            "dunning_level": ({"level": 3}, "level 3"),
            "account_status": ({"is_status_watch": True}, "on watch, on stop"),
            "cover_expired": ({"is_blank_hit": True}, "also without a date"),
            "limit_missing": ({}, ""),
        }
        policy = self.make_policy(*({"criterion": name, **values} for name, (values, _text) in rules.items()))
        found = {rule.criterion: rule.threshold_text.replace("\xa0", " ") for rule in policy.rule_ids}
        self.assertEqual(found, {name: text for name, (_values, text) in rules.items()})

    def test_texts_are_in_the_language_of_who_reads(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        finding = {"criterion": "cover_expired", "figures": {"date": ""}}
        for lang, text in (("en_US", "The customer has no cover."), ("zh_CN", "该客户没有信用保险或担保。")):
            writer = self.env["credit.finding.text"].with_context(lang=lang)
            self.assertEqual(writer._render_all([finding], self.company), [text])


@tagged("post_install", "-at_install")
class TestCures(CriteriaCommon):
    def cures(self, price):
        order = self.make_order(self.customer, price)
        return [cure.replace("\xa0", " ") for cure in order.credit_panel["cures"]]

    def test_what_fits_needs_no_cure(self):
        self.make_policy("limit_exceeded")
        self.assertEqual(self.cures(1000), [])

    def test_what_frees_a_document_is_said_with_its_figures_once_each(self):
        self.make_policy("limit_exceeded", {"criterion": "utilisation", "percent": 90, "effect_order": "hold"})
        self.assertEqual(
            self.cures(1500),
            ["A payment of $ 500.00, or a limit of $ 1,500.00.", "A release by a credit controller."],
        )

    def test_a_cure_that_does_not_apply_is_left_out(self):
        self.make_policy({"criterion": "utilisation", "percent": 90, "effect_order": "hold"})
        self.assertEqual(self.cures(950), ["A release by a credit controller."])

    def test_the_panel_says_what_the_document_is(self):
        order = self.make_order(self.customer, 10)
        invoice = self.make_invoice(self.customer, 10, post=False)
        self.assertEqual(order.credit_panel["document_label"], "This order")
        self.assertEqual(invoice.credit_panel["document_label"], "This invoice")


@tagged("post_install", "-at_install")
class TestForeignCriterion(CriteriaCommon):
    """An add-on brings a criterion by one entry; later it is removed."""

    def setUp(self):
        super().setUp()
        self.bring(ROUND)
        self.policy = self.make_policy({"criterion": "too_round", "amount": 100})
        self.rule = self.policy.rule_ids

    def test_its_rule_is_offered_summed_up_and_checked_for_defects(self):
        self.assertIn(("too_round", "Round amount"), self.rule._fields["criterion"]._description_selection(self.env))
        self.assertEqual((self.rule.summary, self.rule.uses), ("Round amount 100", ["amount"]))
        self.assertEqual(self.rule._get_defect(), "")
        self.rule.amount = 0.01
        self.assertEqual(self.rule._get_defect(), "every amount is round")

    def test_its_rule_holds_and_says_why_and_what_frees(self):
        self.assertConfirmed(self.make_confirmed(self.customer, 101))
        order = self.make_held(self.customer, 300)
        self.assertEqual(order.credit_hold_reason.replace("\xa0", " "), "$ 300.00 is suspiciously round.")
        self.assertEqual(self.hold_of(order).reason_tags, [{"name": "Round", "effect": "hold"}])
        self.assertEqual(order.credit_panel["cures"], ["A crooked price.", "A release by a credit controller."])

    def test_when_it_is_gone_what_it_found_is_still_shown(self):
        order = self.make_held(self.customer, 300)
        self.remove()
        hold = self.hold_of(order)
        hold.invalidate_recordset()
        hold.decision_id.invalidate_recordset()
        self.assertEqual(hold.reason, "too_round (amount: 300.0)")
        self.assertEqual(hold.reason_tags, [{"name": "too_round", "effect": "hold"}])

    def test_when_it_is_gone_its_rule_does_nothing_and_that_is_said(self):
        self.remove()
        self.assertConfirmed(self.make_confirmed(self.customer, 300))
        self.rule.invalidate_recordset()
        self.assertEqual(self.rule._get_defect(), "the add-on that brought it is not installed")
        self.assertEqual(self.rule.summary, "too_round")
        self.assertIn(("too_round", "too_round"), self.rule._fields["criterion"]._description_selection(self.env))

    def test_when_it_is_gone_the_other_rules_of_its_policy_still_count(self):
        self.policy.rule_ids = [(0, 0, {"criterion": "limit_exceeded", "effect_order": "hold"})]
        self.remove()
        self.make_held(self.customer, 1500)

    def test_nobody_writes_a_criterion_that_there_is_not(self):
        for name in ("nonsense", "forced_hold"):
            with self.assertRaisesRegex(ValidationError, f"no criterion {name}"):
                self.rule.criterion = name
