"""Re-evaluation: holds fall by themselves when their cause is gone."""

import logging

from odoo import api, models

_logger = logging.getLogger(__name__)
# holds that the figures may free: a forced one never falls, and one asked for in advance stops nothing
WAITING = (("state", "=", "open"), ("is_forced", "=", False), ("is_ahead", "=", False))


class CreditRecheck(models.Model):
    _inherit = "credit.recheck"

    @api.model
    def _queue_all(self):
        """Override to queue every document that waits."""
        super()._queue_all()
        # whoever changes a policy need not see the holds of every company
        self._queue_records(self.env["credit.hold"].sudo().search(list(WAITING), order="id"))

    def _work_off(self, most):
        """Override to free what waits of these customers and of their credit groups, as far as it passes now."""
        holds, causes = self._get_holds(), self._get_causes()
        attempts = {row.res_id: row.attempts for row in self if row.res_model == "credit.hold"}
        super()._work_off(most)
        now = holds[:most]
        later = [("credit.hold", hold.id, 0) for hold in holds[most:]]
        failed = now._recheck_safely()
        now.filtered(lambda hold: hold.state == "cured")._tell_cause(causes)
        self._insert(later + [("credit.hold", hold.id, attempts.get(hold.id, 0) + 1) for hold in failed])
        return len(now)

    def _get_causes(self):
        """Return the payments and entries that these rows name, as `account.move` where they have one."""
        ids = {model: rows.mapped("res_id") for model, rows in self.grouped("res_model").items()}
        payments = self.env["account.payment"].browse(ids.get("account.payment", [])).exists()
        moves = self.env["account.move"].browse(ids.get("account.move", [])).exists() | payments.move_id
        return [*moves, *payments.filtered(lambda payment: not payment.move_id)]

    def _get_holds(self):
        """Return the waiting holds that these rows name, oldest first."""
        ids = {model: rows.mapped("res_id") for model, rows in self.grouped("res_model").items()}
        customers = self.env["res.partner"].browse(ids.get("res.partner", [])).exists().commercial_partner_id
        groups = customers and self.env["credit.profile"].search([("partner_id", "in", customers.ids)]).group_id
        domain = [
            *WAITING,
            "|",
            ("id", "in", ids.get("credit.hold", [])),
            "|",
            ("partner_id.commercial_partner_id", "in", customers.ids),
            ("profile_id.group_id", "in", groups.ids),
        ]
        return self.env["credit.hold"].search(domain, order="id")


class CreditHold(models.Model):
    _inherit = "credit.hold"

    def _recheck_safely(self):
        """Decide open holds again, oldest first, and free those that pass now, each by itself.

        What caused it (a payment) is never undone by us, and one document never undoes another's.

        :return: the holds that could not be looked at
        """
        failed = self.browse()
        waiting = self.filtered(lambda hold: hold.state == "open")
        waiting.filtered(lambda hold: not hold._is_controlled())._set_cancelled()
        for (model, checkpoint), holds in self._get_recheck_batches().items():
            documents = self.env[model].browse(holds.mapped("res_id")).exists()
            holds.filtered(lambda hold, ids=set(documents.ids): hold.res_id not in ids)._set_cancelled()
            if documents:
                failed |= documents._credit_recheck(checkpoint, {hold.res_id: hold for hold in holds})
        return failed

    def _refresh(self, decision):
        """Bring what a hold that stays is over by up to date. Its amount stays: it is what would be released."""
        if self.currency_id.compare_amounts(self.amount_over, decision.amount_over):
            self.write({"amount_over": decision.amount_over})

    def _get_recheck_batches(self):
        waiting = self.filtered_domain(list(WAITING)).filtered(lambda hold: hold._is_controlled())
        return waiting.sorted("id").grouped(lambda hold: (hold.res_model, hold.checkpoint))

    @api.model
    def _cron_sweep(self):
        """Look at every open hold: finds what no event has freed, and says so in the log."""
        holds = self.search(list(WAITING), order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(holds))
        for hold in holds:
            hold._recheck_safely()
            if hold.state == "cured":
                _logger.warning("The sweep freed %s: an event has been missed", hold.document_name)
            if not self.env["ir.cron"]._commit_progress(1):
                break
