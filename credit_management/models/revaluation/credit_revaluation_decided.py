"""Deciding on lines, one by one or many at once: another person, with authority for each limit, changes all of them."""

import json
from collections import defaultdict

from odoo import models
from odoo.exceptions import AccessError, UserError


class CreditRevaluationLine(models.Model):
    _inherit = "credit.revaluation.line"

    def action_approve(self):
        """Approve lines and change their limits. What has changed meanwhile is left alone and says so.

        :raise AccessError: without the rights of a credit manager
        :raise UserError: for lines that do not wait, of one's own journal or customers, or beyond one's authority
        """
        self._check_may_decide()
        lines = self.sudo()  # decided by the buttons only, whoever may see the files
        lines.profile_id._lock()
        lines.profile_id.invalidate_recordset(["limit_type", "amount_limit", "limit_currency_id", "rating_id"])
        stale = lines.filtered(lambda line: line._is_stale())
        stale._set_decided("stale")
        (lines - stale)._check_authority(self.env.user)
        (lines - stale)._apply()
        (lines - stale)._set_decided("approved")

    def action_reject(self):
        """Reject lines; their limits stay as they are.

        :raise AccessError: without the rights of a credit manager
        """
        self._check_may_decide()
        self.sudo()._set_decided("rejected")  # as above

    def _check_may_decide(self):
        if not self.env.user.has_group("credit_management.group_credit_manager"):
            raise AccessError(self.env._("Only credit managers decide on limits."))
        self.check_access("read")
        if not self or any(line.state != "waiting" for line in self):
            raise UserError(self.env._("No line is chosen that waits for a decision."))
        # who has prepared it, whoever may see that
        if any(self.env.user in journal._get_authors() for journal in self.sudo().revaluation_id):
            raise UserError(self.env._("You have prepared this revaluation, so somebody else has to decide on it."))

    def _is_stale(self):
        """Tell whether the limit is no longer what it was when the line was found."""
        profile = self.profile_id
        if not self.is_own:
            base, is_own = self.revaluation_id._get_base(profile)
            return is_own or base is None or bool(self.currency_id.compare_amounts(base, self.amount_before))
        currency = profile.limit_currency_id
        return (
            profile.limit_type != "amount"
            or currency != self.limit_currency_id
            or bool(currency.compare_amounts(profile.amount_limit, self.amount_own_before))
        )

    def _check_authority(self, user):
        """Refuse limits of one's own customers, or beyond one's authority, temporary increases included.

        :raise UserError: naming the first of them, and how many they are
        """
        sold = self._get_sold(user)
        own = self.filtered(lambda line: line.profile_id.partner_id.id in sold)
        if own:
            raise UserError(
                self.env._(
                    "%(customers)s: you sell to them, or did, so somebody else has to decide on their limits. Leave "
                    "them out.", customers=self._write_some(own),
                )
            )
        most = self._get_most()
        claims = [(line.profile_id, most[line]) for line in self]
        standings = self.env["credit.authority"]._get_standings(user, claims, "limit") if claims else []
        refused = [(line, refusal) for line, (refusal, _reach) in zip(self, standings, strict=True) if refusal]
        if refused:
            lines = self.union(*(line for line, _refusal in refused))
            raise UserError(
                self.env._(
                    "%(customers)s: %(refusal)s Leave them out.",
                    customers=self._write_some(lines), refusal=refused[0][1],
                )
            )

    def _write_some(self, lines):
        """Return the first customers of lines by name, and how many more they are."""
        names = ", ".join(lines[:3].profile_id.partner_id.mapped("name"))
        more = len(lines) - 3
        return names if more <= 0 else self.env._("%(names)s and %(count)s more", names=names, count=more)

    def _get_sold(self, user):
        """Return the numbers of the customers of these lines that a person sells to, or ever did."""
        partners = self.profile_id.partner_id
        former = self.env["credit.owner"].search(
            [("res_model", "=", partners._name), ("res_id", "in", partners.ids), ("user_id", "=", user.id)]
        )
        return {*partners.filtered(lambda partner: partner.user_id == user).ids, *former.mapped("res_id")}

    def _get_most(self):
        """Return the highest limit that each line leads to, with the temporary increases that run or will run."""
        today = self.company_id[:1]._credit_today()
        running = self.env["credit.limit.request"].search(
            [("profile_id", "in", self.profile_id.ids), ("state", "=", "approved"), ("kind", "=", "increment"),
             ("date_to", ">=", today)]
        )
        increases = defaultdict(float)
        for request in running:
            increases[request.profile_id] += request._get_amount_today()
        return {line: line.amount_after + increases[line.profile_id] for line in self}

    def _apply(self):
        """Write the new limits: those of one amount together, one row of the log and one message for each customer."""
        changes = self.env["credit.change"]._keep_applied([line._prepare_change() for line in self])
        for line, change in zip(self, changes, strict=True):
            line.change_id = change
        bodies = {line.profile_id.id: line._write_message() for line in self}
        by_amount = defaultdict(self.profile_id.browse)
        for line in self:
            by_amount[line.amount_own_after, line.limit_currency_id.id] |= line.profile_id
        with self.env["credit.profile"]._credit_log_together():
            for (amount, currency_id), some in by_amount.items():
                values = {"limit_type": "amount", "amount_limit": amount, "limit_currency_id": currency_id}
                some.with_context(mail_notrack=True)._apply_limit(values)  # the messages are written together
        self.profile_id._message_log_batch(bodies=bodies)

    def _write_message(self):
        amounts = [self.limit_currency_id.format(amount) for amount in (self.amount_own_before, self.amount_own_after)]
        return self.env._(
            "Limit: %(before)s → %(after)s by the revaluation %(journal)s. %(reason)s",
            before=amounts[0], after=amounts[1], journal=self.revaluation_id.name, reason=self.revaluation_id.reason,
        )

    def _prepare_change(self):
        """Return the change of one limit as it is kept: who asked, who applied it, from what, to what."""
        journal, profile = self.revaluation_id, self.profile_id
        names = ("limit_type", "amount_limit", "limit_currency_id")
        values = {"limit_type": "amount", "amount_limit": self.amount_own_after,
                  "limit_currency_id": self.limit_currency_id.id}
        amounts = [self.limit_currency_id.format(amount) for amount in (self.amount_own_before, self.amount_own_after)]
        return {
            "company_id": self.company_id.id,
            "res_model": profile._name,
            "res_id": profile.id,
            "record_name": profile.display_name,
            "operation": "write",
            "values": json.dumps(values),
            "values_before": profile._credit_get_before(names),
            "summary": " → ".join(amounts),
            "amount_most": self.amount_after,
            "is_any": False,
            "reason": f"{journal.name}: {journal.reason}",
            "requester_id": journal.requester_id.id,
            "approver_id": self.env.uid,
            "date_decided": self.env.cr.now(),
            "state": "applied",
        }

    def _set_decided(self, state):
        """Keep what was decided; a journal of which nothing waits is decided."""
        self.write({"state": state, "approver_id": self.env.uid, "date_decided": self.env.cr.now()})
        for journal in self.revaluation_id.filtered(lambda journal: not journal.waiting_count):
            journal.state = "done"
            journal.activity_unlink(["mail.mail_activity_data_todo"])
