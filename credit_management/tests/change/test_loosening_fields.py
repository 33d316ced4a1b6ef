"""Every stored field that may decide how much passes is named with its measure, or is harmless for a reason."""

from odoo.addons.credit_management.models.reading.scope import Scope
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import CreditCommon

OURS = ("credit_", "account_use_credit_limit")  # how our fields on the models of others begin
BY_SYSTEM = "written by the system only: people have no right to write it"
WORDS = "words for people; no rule reads them"
ORDER = "order of a list; no rule reads it"
TOLD = "who is told, or asked first; not what passes"
KEY = "the key of the record: written once, when it is made"
TALLY = "technical counter of the mutex"
SCORED = "what a score reads; another rating takes a change that a second person applies"
PROPOSED = "what a proposal says; a limit takes a request that somebody else approves"
LATE = "what late payment costs, not what passes"
HARMLESS = {
    "credit.profile": {
        "partner_id": KEY, "company_id": KEY, "lock_count": TALLY, "controller_id": TOLD, "status_reason": WORDS,
        "status_reason_id": WORDS,
        "dunning_reason": WORDS, "dunning_blocked_reason": WORDS, "proceedings_reason": WORDS,
        "active": "an archived file counts on", "date_rating": "worked out from the rating",
        "is_joined": "whether an upgrade was looked at",
        "exempted_by_id": BY_SYSTEM, "amount_planned": PROPOSED,
        **dict.fromkeys(("date_business_start", "date_customer_since"), SCORED),
    },
    "credit.rating": {
        "name": WORDS, "description": WORDS, "color": WORDS,
        "active": "an archived rating counts on for its customers; it can no longer be given",
    },
    "credit.group": {"name": WORDS, "lock_count": TALLY},
    "credit.policy": {
        "name": WORDS, "description": WORDS, "branch_id": "whose it was before an upgrade",
        "interest_id": LATE,
    },
    "credit.scorecard": {"name": WORDS, "description": WORDS},
    "credit.scorecard.factor": {"sequence": ORDER, "label": WORDS},
    "credit.scorecard.band": {},
    "credit.scorecard.class": {},
    "credit.score.rule": {"name": WORDS, "sequence": "all that a score hits act"},
    "credit.review.kind": {"name": WORDS},
    "credit.review.kind.item": {"sequence": ORDER},
    "credit.policy.terms": {"sequence": "all that apply are compared; the strictest counts", "reason": WORDS},
    "credit.terms.ceiling": {"name": WORDS, "source": WORDS},
    "credit.policy.rule": {"sequence": "all rules are tested; the strictest effect counts", "company_id": BY_SYSTEM},
    "credit.deposit.rule": {"sequence": "the strictest counts, wherever it stands", "company_id": BY_SYSTEM},
    "credit.authority": {"name": WORDS, "sequence": ORDER},
    "credit.dunning.plan": {"name": WORDS, "sequence": ORDER, "description": WORDS},
    "credit.dunning.level": {
        "name": WORDS, "script": WORDS, "mail_template_id": WORDS, "sms_template_id": WORDS,  # of a bridge
        **dict.fromkeys(
            ("is_email", "is_letter", "is_sms", "is_registered", "is_call", "is_visit", "is_handover",
             "is_notice_attached", "is_invoices_attached", "is_salesperson_in_copy", "is_controller_in_copy"),
            "how a notice goes out; a level without any way stops the run",
        ),
        "amount_fee": "what is claimed besides", "interest_id": "what is claimed besides",
        "is_compensation": "what is claimed besides",
    },
    "credit.dunning.minimum": {},
    "credit.dunning.run": dict.fromkeys(
        ("name", "company_id", "date", "is_sent_by_itself", "test_email", "user_id", "reason", "note"), BY_SYSTEM
    ),
    "credit.substitute": {},
    "res.company": {
        "credit_controller_id": TOLD, "credit_is_resumed": "whether what is free goes on by itself",
        "credit_is_portal_shown": "what customers see", "credit_is_portal_limit_shown": "what customers see",
        "credit_is_shop_shown": "what customers see",
        "credit_deposit_invoice": "how a deposit is invoiced; what counts is the money",
        "credit_is_deposit_in_parts": "how customers may pay; the order waits for the rest",
        "credit_is_reservation_kept": "whose stock it is; a held delivery does not leave either way",
        "credit_is_tz_confirmed": "whether a proposal was looked at",
        "credit_advance_account_ids": "a column of aged receivables; no rule reads it",
        "credit_is_group_statement": "what members of a credit group are told of each other",
        "credit_dunning_is_automatic": "whether notices are prepared by themselves; the level follows what is sent",
        "credit_fee_account_id": "where a claim is booked", "credit_interest_account_id": "where a claim is booked",
        **dict.fromkeys(
            ("credit_interest_id", "credit_interest_consumer_id", "credit_compensation_account_id",
             "credit_fee_tax_ids", "credit_interest_tax_ids", "credit_compensation_tax_ids",
             "credit_late_is_automatic", "credit_payment_order", "credit_is_payment_order_chosen"), LATE
        ),
        "credit_days_answer": "how long an answer puts the next notice off; the level that was reached stays",
        "credit_dunning_is_sent": "who sends what was prepared", "credit_dunning_test_email": "whether it is a test",
        **dict.fromkeys(("credit_hour_from", "credit_hour_to"), "at which hour a customer is called"),
        **dict.fromkeys(
            ("credit_percent_net_worth", "credit_percent_working_capital", "credit_percent_turnover",
             "credit_index_history", "credit_combined", "credit_percent_cap", "credit_amount_step",
             "credit_is_uk_rule", "credit_days_safety", "credit_percent_cap_equity", "credit_amount_own_equity",
             "credit_percent_cap_receivables"), PROPOSED,
        ),
        "credit_days_review_ahead": TOLD, "credit_days_review_late": TOLD,
        "credit_days_statement": "when a customer is reminded to confirm a statement",
    },
    "sale.order": {
        **dict.fromkeys(
            ("credit_hold_id", "credit_hold_state", "credit_amount_excluded", "credit_excluded_by_id",
             "credit_amount_lowered", "credit_is_excluded_within"), BY_SYSTEM
        ),
        "credit_waived_reason": WORDS,
    },
    "account.payment.method.line": {},
    "account.account": {},
    "res.partner": {"credit_limit": "follows the file, and is written through it"},
    "ir.default": {},
    "credit.release": dict.fromkeys(
        ("profile_id", "company_id", "hold_id", "res_model", "res_id", "document_name", "reason_id", "note", "user_id",
         "requester_id", "amount_max", "amount_total", "amount_over", "is_measured", "date_until", "date_review",
         "state"), BY_SYSTEM
    ),
    "credit.release.use": dict.fromkeys(("release_id", "res_model", "res_id", "document_name", "amount"), BY_SYSTEM),
    "credit.dispute": {
        "reason": WORDS, "user_id": TOLD, "date_deadline": TOLD,
        **dict.fromkeys(("date_from", "date_to", "is_date_estimated"), "what an aging of a past day shows"),
    },
    "credit.promise": {
        "profile_id": "people cannot change a promise", "currency_id": "people cannot change a promise",
        "date_noted": "people cannot change a promise", "user_id": TOLD, "note": WORDS, "withdrawn_reason": WORDS,
        "invoice_ids": "people cannot change a promise", "date_withdrawn": "what an aging of a past day shows",
    },
    "credit.cap": {"company_id": "that of the file"},
    "credit.cover": {
        "company_id": "that of the file",
        "note": WORDS, "number": WORDS, "insurer_id": WORDS, "kind": WORDS,
    },
}
# what changes a limit, and takes a second person by itself: see `tests/limit/`
BY_REQUEST = {"credit.limit.request"}
AUTOMATIC = {"id", "create_uid", "create_date", "write_uid", "write_date", "display_name"}
CHATTER = ("message_", "activity_", "website_message_", "my_activity_", "rating_last", "rating_count", "rating_avg",
           "rating_percentage", "has_message")


@tagged("post_install", "-at_install")
class TestEveryField(CreditCommon):
    def get_decisive(self, model):
        """Return the stored fields of a model that somebody could write."""
        is_ours = model.startswith("credit.")
        return {
            name
            for name, field in self.env[model]._fields.items()
            if field.store and name not in AUTOMATIC and not name.startswith(CHATTER)
            and not (field.compute and field.readonly) and not field.related
            and field.type != "one2many"  # its records are measured by themselves
            and (is_ours or name.startswith(OURS) or name in HARMLESS[model])
        }

    def test_every_field_is_named_or_harmless(self):
        for model, harmless in HARMLESS.items():
            named = set(self.env[model]._credit_get_loosening()) if model != "credit.release.use" else set()
            with self.subTest(model):
                self.assertEqual(self.get_decisive(model) - named - set(harmless), set(), "neither named nor harmless")
                self.assertEqual(named & set(harmless), set(), "named, and harmless as well")

    def test_every_model_with_the_mechanism_is_looked_at(self):
        using = {
            name for name, model in self.env.registry.items()
            if "credit.loosening" in model._inherit_module or hasattr(model, "_credit_get_loosening")
        }
        abstract = {name for name in using if self.env[name]._abstract}
        self.assertEqual(using - abstract - set(HARMLESS), set())

    def test_what_people_cannot_write_they_cannot_write(self):
        for model in ("credit.release", "credit.release.use"):
            for user in (self.make_user("manager", login=model), self.make_user("controller", login=f"c-{model}")):
                for operation in ("create", "write", "unlink"):
                    self.assertFalse(self.env[model].with_user(user).has_access(operation))

    def test_all_that_the_limit_reads_is_covered(self):
        source = self.env["credit.limit.source"]._get_limits_sql(Scope(self.today))
        for model, column in self.get_columns(source):
            is_ours = model.startswith("credit.") or column.startswith(OURS)
            if not is_ours or model in BY_REQUEST or column in AUTOMATIC:
                continue
            with self.subTest(f"{model}.{column}"):
                self.assertIn(column, {*self.env[model]._credit_get_loosening(), *HARMLESS[model]})

    def get_columns(self, source):
        """Return ``(model, column)`` of all that a statement reads: PostgreSQL knows it of a view."""
        self.env.cr.execute(SQL("CREATE TEMPORARY VIEW credit_test_source AS %s", source))
        self.env.cr.execute(
            "SELECT table_name, column_name FROM information_schema.view_column_usage WHERE view_name = %s",
            ["credit_test_source"],
        )
        models = {model._table: name for name, model in self.env.registry.items() if not model._abstract}
        return [(models[table], column) for table, column in self.env.cr.fetchall() if table in models]
