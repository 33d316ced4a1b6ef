"""What is decided again when a notice goes out: who has paid meanwhile is not written to."""

from odoo import models
from odoo.exceptions import UserError

from ...engine.dunning import PAID
from .credit_dunning_omission import REPLANNED


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    def _decide_again(self, rules=None, key=None):
        """Return what is done now about the customer, plan and currency of the notice: ``(outcome, why it is left out
        or None)``. It writes nothing.

        :param rules: what the run has read for many of them
        :param key: what `_get_key` returned
        """
        rules, key = rules or self.run_id._read_rules(), key or self._get_key()
        decided = self.env["credit.dunning.run"]._decide_by(rules, [key[0]], apart=self)
        for outcome, omission in decided:
            if (outcome.partner_id, outcome.plan_id, outcome.currency_id) == key:
                return outcome, omission
        return None, {"reason": REPLANNED if self._is_still_owed() else PAID}

    def _is_still_owed(self):
        """Tell whether something of what the notice dunned is open: then its plan, or its due day, is another one."""
        items = self.line_ids.filtered("is_dunned").item_id
        return any(amount > 0 for amount in self._read_open(items.ids).values())

    def _get_key(self):
        """Return whose notice it is, of which plan and currency: what does not change."""
        return self.partner_id.id, self.plan_id.id, self.currency_id.id

    def _leave_out(self, outcome, omission):
        """Keep the reason beside what was prepared."""
        run = self.run_id
        values = run._prepare_omission(outcome, omission) if outcome else {
            "run_id": run.id, "partner_id": self.partner_id.id, "currency_id": self.currency_id.id, **omission,
        }
        row = self.env["credit.dunning.omission"].create({**values, "notice_id": self.id, "is_sending": True})
        self._update_state("left_out", reason=row._get_text())
        run._plan_tasks(row)

    def _refresh(self, outcome):
        """Let the notice say what is due now."""
        self.sudo().write(self.run_id._prepare_content(outcome))  # what it says nobody writes by hand

    def _get_content(self):
        """Return what the notice says: by which level, and item, amount and level of each line."""
        units = 10 ** self.currency_id.decimal_places
        lines = [(line.item_id.id or 0, round(line.amount * units), line.level) for line in self.line_ids]
        return self.level_id.id, sorted(lines)

    def _get_content_of(self, outcome):
        """Return what `_get_content` would, of a notice about an outcome."""
        return outcome.level.level_id, sorted((line.item.item_id, line.amount, line.level) for line in outcome.lines)

    def _undo(self, reason):
        """Let notices count for nothing any more; what was sent stays in the history.

        Hook: claims and activities of a notice go with it.
        """
        undone = self.filtered(lambda notice: notice.state in ("sent", "unknown"))
        undone._update_state("undone", reason=reason)
        self.env["credit.recheck"]._queue(undone.partner_id)  # a lower level may free what is held
        return undone


class CreditDunningRun(models.Model):
    _inherit = "credit.dunning.run"

    def _undo(self, reason):
        """Let what a run sent count for nothing: levels and deadlines are as before; the mails stay in the history.

        :raise AccessError: without the rights to run
        :raise UserError: without a reason
        :raise RedirectWarning: where it takes a second person
        """
        self.ensure_one()
        self._check_may_run()
        if not (reason or "").strip():
            text = self.env._("What was sent stays in the history with the reason why it does not count: say why.")
            raise UserError(text)
        self._credit_ask_first("write", {"state": "undone", "reason": reason})
        self._update_state("undone", reason=reason)

    def _set_undone(self):
        """Let its notices count for nothing: it was undone by its button, or by the second person."""
        self._check_nothing_is_being_sent()
        for run in self.sudo():  # whoever may undo the run
            run.notice_ids._undo(run.reason)
            run._drop_drafts()

    def _check_nothing_is_being_sent(self):
        """Refuse while a notice is in the job's hand: it would count although its run does not."""
        going = self.sudo().notice_ids.filtered(lambda notice: notice.state == "sending")  # whoever may undo
        if going:
            text = self.env._(
                "%(notice)s is being sent at this moment. Try again in a minute: then it is known what became of it.",
                notice=going[0].display_name,
            )
            raise UserError(text)
