"""How one notice goes out: claimed, decided again, sent, marked. Who has paid meanwhile is not written to."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...engine.dunning import PAID


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    def _send_one(self):
        """Send a notice, or leave it out with the reason, as everything is now."""
        self.ensure_one()
        self._claim()
        outcome, omission = self._decide_again()
        if omission is not None:
            self._leave_out(outcome, omission)
            return
        self._refresh(outcome)
        self._deliver()
        self._mark_sent()

    def _claim(self):
        """Say that the notice is being sent, and give it its number."""
        # its number is of its company, whoever sends
        Sequence = self.env["ir.sequence"].sudo().with_company(self.company_id)
        self._update_state("sending", name=self.name or Sequence.next_by_code(self._name))

    def _decide_again(self):
        """Return what is done now about the customer, plan and currency of the notice: ``(outcome, why it is left out
        or None)``. It writes nothing."""
        decided = self.run_id._decide(self.partner_id.ids, apart=self)
        key = (self.partner_id.id, self.plan_id.id, self.currency_id.id)
        for outcome, omission in decided:
            if (outcome.partner_id, outcome.plan_id, outcome.currency_id) == key:
                return outcome, omission
        return None, {"reason": PAID}

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
        content = self.run_id._prepare_content(outcome)
        if self._is_other(outcome, content):
            self.write(content)

    def _is_other(self, outcome, content):
        now = [(line.item.item_id, self.run_id._prepare_line(line)["amount"], line.level) for line in outcome.lines]
        kept = [(line.item_id.id or 0, line.amount, line.level) for line in self.line_ids]
        return sorted(now) != sorted(kept) or content["level"] != self.level

    def _deliver(self):
        """Send the notice by the channels of its level.

        Hook: whoever sends extends it.
        """

    def _mark_sent(self):
        """Keep that it was sent; the level of its items is known from now on."""
        self._update_state("sent", date_sent=fields.Datetime.now())

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
        """
        self.ensure_one()
        self._check_may_run()
        if not (reason or "").strip():
            raise UserError(
                self.env._("What was sent stays in the history with the reason why it does not count: say why.")
            )
        self._update_state("undone", reason=reason)
        self.notice_ids.sudo()._undo(reason)  # whoever may undo the run
        self._drop_drafts()

    def _get_apart_sql(self):
        """The condition on notice ``n`` that leaves those of this run out of account."""
        return SQL("n.run_id = %s", self.id)
