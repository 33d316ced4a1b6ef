"""What rules do with the scores that hit them: one customer after the other, each in a transaction, once.

A rule that acts, its row, the log and the mark that the score was looked at are one transaction: a job that is killed
goes on with the customers that it has not done, and does nothing twice.
"""

import json
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, plaintext2html
from psycopg2.extensions import TransactionRollbackError

from ...engine import following as engine
from ..record.words import in_every_language

_logger = logging.getLogger(__name__)


class CreditScore(models.Model):
    _inherit = "credit.score"

    @api.model
    def _follow_due(self):
        """Override: rules look at scores after ratings have followed them."""
        return super()._follow_due() and self._escalate_holds() and self._follow_rules_due()

    @api.model
    def _follow_rules_due(self):
        """Let rules look at the new scores; tell whether there was time for all of them."""
        busy, commit = set(), self.env["ir.cron"]._commit_progress
        while scores := self._get_next_rules_due(busy):
            hits = scores._find_rule_hits()
            spared = scores - scores.browse().union(*hits)
            spared._clear_rules_due()
            if not commit(len(spared)):
                return False
            for score, rules in hits.items():
                is_done = score._act_alone(rules)
                busy |= set() if is_done else {score.profile_id.id}
                if not commit(int(is_done)):
                    return False
        return True

    @api.model
    def _get_left(self):
        return super()._get_left() | Domain("is_rules_due", "=", True)

    def _act_alone(self, rules):
        """Do what rules ask for; tell whether the customer's file was to be had."""
        if not self.profile_id._lock_first():
            return False
        try:
            for rule in rules - self.act_ids.rule_id:
                rule._act_on(self)
            self._clear_rules_due()
        except TransactionRollbackError:
            self.env.cr.rollback()  # what was read is no longer so
            return False
        return True


class CreditScoreRule(models.Model):
    _inherit = "credit.score.rule"

    def _act_on(self, score):
        """Do what the rule asks for, and keep that it did; what is refused keeps nobody waiting."""
        try:
            with self.env.cr.savepoint():
                values = getattr(self, f"_act_{self._get_action_for(score)}")(score)
                self.env.flush_all()
        except UserError as error:
            _logger.warning("The rule %s is refused for %s: %s", self.name, score.profile_id.display_name, error)
            values = {"name": str(error), "result": "failed"}
        act = self.env["credit.score.act"].create({**self._prepare_act(score), **values})
        act._log()

    def _get_action_for(self, score):
        """Return what is done: less than the rule asks for where it is about a person, or too little is known."""
        if self.action in ("review", "alert"):
            return self.action
        if not score.is_covered:
            return "nothing"
        is_person = score.profile_id._is_natural_person()
        return "propose" if self.action == "lower" and is_person else self.action

    def _prepare_act(self, score):
        return {
            "rule_id": self.id, "score_id": score.id, "profile_id": score.profile_id.id,
            "company_id": score.company_id.id, "date": score.company_id._credit_today(), "action": self.action,
            "rule_text": in_every_language(self, lambda told: told.sentence),
        }

    def _get_day_due(self, score):
        return score.company_id._credit_today() + timedelta(days=self.days_due)

    def _say(self, say):
        """Return words in every language, as they are kept."""
        return in_every_language(self, say)

    def _act_nothing(self, _score):
        return {
            "result": "nothing",
            "name": self._say(lambda told: told.env._("The score is below the minimum coverage of its scorecard.")),
        }

    # -- a review, a task ------------------------------------------------------------------------------

    def _act_review(self, score):
        profile, day = score.profile_id, self._get_day_due(score)
        if opened := profile.assessment_ids.filtered(lambda one: one.state in ("draft", "submitted")):
            return {
                "result": "nothing", "res_model": opened._name, "res_id": opened.id,
                "name": self._say(lambda told: told.env._("%(review)s is open already.", review=opened.name)),
            }
        review = self.env["credit.assessment"]._open_for(profile, self.kind_id, day)
        return {
            "result": "done", "res_model": review._name, "res_id": review.id,
            "name": self._say(lambda told: told.env._(
                "Review %(review)s opened, due on %(day)s.", review=review.name, day=format_date(told.env, day))),
        }

    def _act_alert(self, score):
        person, day = self._get_person(score), self._get_day_due(score)
        summary = "_get_summary_seller" if self.recipient == "salesperson" else "_get_summary"
        self._schedule(score, person, day, getattr(self.with_context(lang=person.lang), summary)(score))
        return {
            "result": "done", "user_id": person.id,
            "name": self._say(lambda told: told.env._("Task for %(person)s.", person=person.name)),
        }

    def _get_summary(self, _score):
        return self.name

    def _get_summary_seller(self, score):
        return self.env._("The credit standing of %(customer)s got worse", customer=score.profile_id.display_name)

    def _get_person(self, score):
        """Return who is told, or decides: the controller where there is nobody else."""
        profile, company = score.profile_id, score.company_id
        sold = profile.partner_id.user_id if self.recipient == "salesperson" else self.env["res.users"]
        named = self.user_id if self.recipient == "person" else sold
        here = (named, profile.controller_id, company.credit_controller_id, company._credit_get_approvers())
        return next((person[:1] for person in here if person.filtered("active")), self.env.user)

    def _schedule(self, score, person, day, summary):
        """Give somebody a task on the credit file, with the reason; a salesperson reads no figures there."""
        told = score.with_context(lang=person.lang or self.env.lang, mail_activity_quick_update=True)
        is_told = self.action != "alert" or self.recipient != "salesperson"
        return told.profile_id.activity_schedule(
            "mail.mail_activity_data_todo", user_id=person.id, date_deadline=day, summary=summary,
            note=is_told and plaintext2html(self._write_reason(told)),
        )

    def _write_reason(self, told):
        """Return which rule a score hit, and what moved it, in the language of who is told."""
        return "\n".join([self.with_context(lang=told.env.lang).sentence, told._write_reason()])

    # -- a lower limit ---------------------------------------------------------------------------------

    def _act_propose(self, score):
        profile, limit = score.profile_id, self._get_lower_limit(score.profile_id)
        if not limit:
            return self._say_no_limit()
        amount, currency = limit
        Request = self.env["credit.limit.request"].with_context(mail_activity_quick_update=True)
        if waiting := profile.limit_request_ids.filtered(lambda one: one.state == "submitted"):
            return {
                "result": "nothing", "res_model": waiting._name, "res_id": waiting[0].id,
                "name": self._say(lambda told: told.env._("A request for its limit waits already.")),
            }
        request = Request.create(
            {"profile_id": profile.id, "limit_type": "amount", "amount": amount, "currency_id": currency.id,
             "reason": self._write_reason(score._tell())}
        )
        request.action_submit()
        return {
            "result": "done", "res_model": request._name, "res_id": request.id,
            "name": self._say(lambda told: told.env._(
                "Limit of %(amount)s proposed.", amount=currency.with_env(told.env).format(amount))),
        }

    def _act_lower(self, score):
        """Lower the limit by a change that nobody has to ask for: it loosens nothing, and the rule is two persons'."""
        profile, limit = score.profile_id, self._get_lower_limit(score.profile_id)
        if not limit:
            return self._say_no_limit()
        amount, currency = limit
        before = profile._write_limit()
        change = self.env["credit.change"]._keep_applied([self._prepare_change(score, amount, currency)])
        profile._apply_limit(
            {"limit_type": "amount", "amount_limit": amount, "limit_currency_id": currency.id}
        )
        profile.message_post(body=plaintext2html(change.reason), subtype_xmlid="mail.mt_note")
        return {
            "result": "done", "res_model": change._name, "res_id": change.id,
            "name": self._say(lambda told: told.env._(
                "Limit lowered: %(before)s → %(after)s.", before=before,
                after=currency.with_env(told.env).format(amount))),
        }

    def _say_no_limit(self):
        return {
            "result": "nothing",
            "name": self._say(lambda told: told.env._("There is no limit that would be lower by this rule.")),
        }

    def _get_lower_limit(self, profile):
        """Return the lower limit with its currency, None where it would not be lower."""
        currency, present = profile._get_limit_to_lower()
        if self.basis == "percent":
            target = None if present is None else present * (100 - self.percent) / 100
        else:
            target = self._get_methods_target(profile, currency)
        if target is None:
            return None
        company = profile.company_id
        step = company.credit_amount_step if currency == company.currency_id else 0.0
        amount = engine.lowered(present, target, self.percent_most, step)
        return None if amount is None else (currency.round(amount), currency)

    def _get_methods_target(self, profile, currency):
        """Return what the methods propose, in a currency; None where none has an answer."""
        company, proposed = profile.company_id, profile._get_limit_proposal().combined.amount
        today = company._credit_today()
        return None if proposed is None else company.currency_id._convert(proposed, currency, company, today)

    def _prepare_change(self, score, amount, currency):
        """Return the change of a limit as it is kept: who did it, from what, to what, and why."""
        profile = score.profile_id
        values = {"limit_type": "amount", "amount_limit": amount, "limit_currency_id": currency.id}
        return {
            "company_id": score.company_id.id, "res_model": profile._name, "res_id": profile.id,
            "record_name": profile.display_name, "operation": "write", "values": json.dumps(values),
            "values_before": profile._credit_get_before(values),
            "summary": self._say(lambda told: " → ".join(
                [profile.with_env(told.env)._write_limit(), currency.with_env(told.env).format(amount)])),
            "amount_most": currency._convert(
                amount, score.company_id.currency_id, score.company_id, score.company_id._credit_today()),
            "is_any": False, "reason": self._write_reason(score._tell()), "requester_id": self.env.uid,
            "approver_id": self.env.uid, "date_decided": fields.Datetime.now(), "state": "applied",
        }


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_limit_to_lower(self):
        """Return ``(currency, amount)`` of the lasting limit: the own, else what applies; None for no amount."""
        if self.limit_type == "amount":
            return self.limit_currency_id, self.amount_limit
        applies = self.limit_type != "unlimited" and self.limit_state == "amount"
        return self.currency_id, self._get_inherited_limit() if applies else None

    def _get_inherited_limit(self):
        """Return what the rating, or the group, gives, in company currency; None where it is temporary only: as an own
        limit it would last, and what is temporary be added to it."""
        rated, applies = self._get_amount_rating(), self.amount_limit_effective
        if rated is not None:
            return min(rated, applies)
        temporary = self.env["credit.limit.source"]._read_temporary(self, self.company_id._credit_today())
        return applies if temporary == (None, 0.0) else None

    def _write_limit(self):
        """Return the lasting limit in words."""
        currency, amount = self._get_limit_to_lower()
        return self.env._("no limit") if amount is None else currency.format(amount)


class CreditScoreAct(models.Model):
    _inherit = "credit.score.act"

    def _log(self):
        """Keep in the log which rule did what, and why: it survives the customer."""
        labels = self._fields["action"]._description_selection
        self.env["credit.log"].sudo()._append(  # the log is written for everybody, and by nobody else
            [
                {
                    **act.profile_id._get_log_values(),
                    "kind": "change",
                    "verdict": "tighter",
                    "res_model": act.rule_id._name,
                    "res_id": act.rule_id.id,
                    "document_name": in_every_language(act, lambda told: told.rule_id.name),
                    "field_name": in_every_language(act, lambda told: dict(labels(told.env))[told.action]),
                    "value_before": in_every_language(act, lambda told: told.score_id.previous_id._write_result()),
                    "value_after": in_every_language(act, lambda told: told.name),
                    "reason": in_every_language(act, lambda told: told.rule_text),
                }
                for act in self
            ]
        )
