"""Deciding on lines, one by one or many at once: another person, with authority for each limit, changes all of them."""

import json
from collections import defaultdict

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..record.words import in_every_language


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
        lines.profile_id.cap_ids.invalidate_recordset(["amount", "subject"])
        stale = lines._get_stale()
        stale._set_decided("stale")
        fitting = lines - stale
        if fitting:
            fitting._check_authority(self.env.user)
            fitting._apply()
            fitting._set_decided("approved")

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

    def _get_stale(self):
        """Return the lines that no longer fit; of several for one customer the first that fits is the one."""
        fitting = self.filtered(lambda line: not line._is_stale())
        first = {line.profile_id: line.id for line in reversed(fitting)}
        return self - fitting.filtered(lambda line: first[line.profile_id] == line.id)

    def _is_stale(self):
        """Tell whether the customer or its limit is no longer what it was when the line was found."""
        highest = self.profile_id._get_highest_limit()
        amount = self._get_amount_today(self.company_id._credit_today())
        is_capped = highest is not None and self.currency_id.compare_amounts(amount, highest) > 0
        return is_capped or self.profile_id.rating_id != self.rating_id or self._is_limit_moved()

    def _is_limit_moved(self):
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
        """Return the numbers of the customers of these lines that a person sells to, or ever did: all are asked about
        at once, and halves of them where there are some."""
        asked, sold = [self.profile_id.partner_id], set()
        while asked:
            partners = asked.pop()
            if user not in partners._credit_get_sellers():
                continue
            middle = len(partners) // 2
            if middle:
                asked += [partners[:middle], partners[middle:]]
            else:
                sold.add(partners.id)
        return sold

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
        return {line: line._get_amount_today(today) + increases[line.profile_id] for line in self}

    def _get_amount_today(self, day):
        """Return the new limit in company currency at the rate of the decision: a limit is worth what it is today."""
        company = self.company_id
        return self.limit_currency_id._convert(self.amount_own_after, company.currency_id, company, day)

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

    def _write_before(self):
        """Return the limit that there was, and whose it was where it was not the customer's own."""
        if self.is_own:
            return self.limit_currency_id.format(self.amount_own_before)
        if self.rating_id.limit_type != "amount":
            return self.env._("no limit")
        return self.env._("%(amount)s (the rating's)", amount=self.currency_id.format(self.amount_before))

    def _write_amounts(self):
        return f"{self._write_before()} → {self.limit_currency_id.format(self.amount_own_after)}"

    def _write_message(self):
        return self.env._(
            "Limit: %(before)s → %(after)s by the revaluation %(journal)s. %(reason)s",
            before=self._write_before(), after=self.limit_currency_id.format(self.amount_own_after),
            journal=self.revaluation_id.name, reason=self.revaluation_id.reason,
        )

    def _prepare_change(self):
        """Return the change of one limit as it is kept: who asked, who applied it, from what, to what."""
        journal, profile = self.revaluation_id, self.profile_id
        names = ("limit_type", "amount_limit", "limit_currency_id")
        values = {"limit_type": "amount", "amount_limit": self.amount_own_after,
                  "limit_currency_id": self.limit_currency_id.id}
        return {
            "company_id": self.company_id.id,
            "res_model": profile._name,
            "res_id": profile.id,
            "record_name": profile.display_name,
            "operation": "write",
            "values": json.dumps(values),
            "values_before": profile._credit_get_before(names),
            "summary": in_every_language(self, lambda told: told._write_amounts()),
            "amount_most": self._get_amount_today(self.company_id._credit_today()),
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
