"""Protective holds: a rule stops an account until a named person has decided; nobody else, and nothing by itself."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..record.words import in_every_language

BATCH = 100  # tasks between two commits: some seconds of work


class CreditScoreRule(models.Model):
    _inherit = "credit.score.rule"

    def _act_hold(self, score):
        profile, person, day = score.profile_id, self._get_person(score), self._get_day_due(score)
        if profile.account_status == "stop":
            return {
                "result": "nothing",
                "name": self._say(lambda told: told.env._("The account is stopped already.")),
            }
        before = profile.account_status
        note = score._tell().env._("Protective hold by the rule %(rule)s", rule=self.with_env(score._tell().env).name)
        profile.write({"account_status": "stop", "status_reason_id": False, "status_reason": note})
        told = self.with_context(lang=person.lang or self.env.lang)
        summary = told.env._("Decide on the protective hold of %(customer)s", customer=profile.display_name)
        task = self._schedule(score, person, day, summary)
        return {
            "result": "open", "user_id": person.id, "date_decide": day, "status_before": before,
            "activity_ids": task.ids,
            "name": self._say(lambda told: told.env._(
                "Account stopped; %(person)s decides until %(day)s.", person=person.name,
                day=format_date(told.env, day))),
        }


class CreditScore(models.Model):
    _inherit = "credit.score"

    @api.model
    def _escalate_holds(self):
        """Put protective holds that nobody has decided on before a credit manager, once; tell whether all were."""
        Act, commit = self.env["credit.score.act"], self.env["ir.cron"]._commit_progress
        for day, company_ids in self.env["res.company"]._credit_get_days().items():
            domain = [("result", "=", "open"), ("date_decide", "<", day), ("is_escalated", "=", False),
                      ("company_id", "in", company_ids)]
            while late := Act.search(domain, limit=BATCH):
                for act in late:
                    act._put_before_manager()
                if not commit(len(late)):
                    return False
        return True


class CreditScoreAct(models.Model):
    _inherit = "credit.score.act"

    def _put_before_manager(self):
        self.is_escalated = True
        manager = (self.company_id._credit_get_approvers() - self.user_id)[:1]
        if manager:
            told = self.profile_id.with_context(lang=manager.lang or self.env.lang, mail_activity_quick_update=True)
            summary = told.env._(
                "Nobody has decided on the protective hold of %(customer)s", customer=told.display_name
            )
            self.activity_ids |= told.activity_schedule(
                "mail.mail_activity_data_todo", summary=summary, user_id=manager.id
            )

    def action_keep(self):
        """Confirm a protective hold: the account stays stopped, as a person's decision.

        :raise AccessError: for who was not asked and is no credit manager
        """
        self._check_may_decide()
        self._set_decided("kept")

    def action_lift(self):
        """Lift a protective hold: the account gets the status that it had, by the ways in which people loosen it.

        :raise AccessError: for who was not asked and is no credit manager
        :raise RedirectWarning: where the company asks for a second person
        """
        self._check_may_decide()
        for act in self:
            profile = act.profile_id
            if profile.account_status == "stop":
                # what the rule remembers is technical, whoever decides
                profile._set_account_status(act.sudo().status_before or "normal", False, None)
        self._set_decided("lifted")

    def _check_may_decide(self):
        self.check_access("read")
        if any(act.result != "open" for act in self):
            raise UserError(self.env._("This hold was decided on already."))
        is_manager = self.env.user.has_group("credit_management.group_credit_manager")
        if not is_manager and any(act.user_id != self.env.user for act in self):
            raise AccessError(
                self.env._(
                    "%(person)s was asked to decide on this hold. Somebody else needs the rights of a credit manager.",
                    person=", ".join(self.user_id.sudo().mapped("name")),  # named to whoever tries
                )
            )

    def _set_decided(self, result):
        """Keep who decided on what is still open, in the log as well; nobody is asked any more."""
        # the result is written by the buttons only; the right to it was checked before
        decided = self.sudo().filtered(lambda act: act.result == "open")
        decided.write({"result": result, "decided_by_id": self.env.uid})
        decided.activity_ids.unlink()
        decided._log_decided("open")
        for act in decided:
            body = ": ".join((act.rule_id.name, act._get_label("result")))
            act.profile_id.message_post(
                body=body, author_id=self.env.user.partner_id.id, subtype_xmlid="mail.mt_note"
            )

    def _log_decided(self, before):
        """Keep in the log what a person decided on a protective hold: it survives the customer."""
        self.env["credit.log"]._append(
            [
                {
                    **act.profile_id._get_log_values(),
                    "kind": "change",
                    "res_model": act.rule_id._name,
                    "res_id": act.rule_id.id,
                    "document_name": in_every_language(act, lambda told: told.rule_id.name),
                    "field_name": in_every_language(act, lambda told: told._get_label("action")),
                    "value_before": in_every_language(act, lambda told: told._get_label("result", before)),
                    "value_after": in_every_language(act, lambda told: told._get_label("result")),
                }
                for act in self
            ]
        )

    def _get_label(self, name, value=None):
        """Return a selection's value in words."""
        return dict(self._fields[name]._description_selection(self.env))[value or self[name]]


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    protective_text = fields.Char(
        compute="_compute_protective_text", groups="credit_management.group_credit_controller",
        help="Who decides on a protective hold, and until when.",
    )

    @api.depends("score_act_ids.result")
    @api.depends_context("lang")
    def _compute_protective_text(self):
        for profile in self:
            act = profile._get_protective()[:1]
            text = self.env._(
                "A rule stopped this account for the time being. %(person)s decides until %(day)s.",
                person=act.user_id.sudo().name,  # named to whoever reads the file
                day=format_date(self.env, act.date_decide),
            )
            profile.protective_text = text if act else False

    def _get_protective(self):
        """Return the protective holds that wait for a decision."""
        return self.score_act_ids.filtered(lambda act: act.result == "open")

    def action_keep_protective(self):
        """Confirm the protective hold of the account: see `action_keep`."""
        self._get_protective().action_keep()

    def action_lift_protective(self):
        """Lift the protective hold of the account: see `action_lift`."""
        self._get_protective().action_lift()

    def write(self, vals):
        """Override: who starts a stopped account again, in whatever way, has decided on its protective hold."""
        result = super().write(vals)
        if vals.get("account_status", "stop") != "stop":
            waiting = self.sudo()._get_protective()  # of whatever company, whoever starts the account
            waiting.with_user(self.env.user)._set_decided("lifted")
        return result
