"""Re-evaluation: holds fall by themselves when their cause is gone."""

import logging

from odoo import api, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)
QUEUE = "credit_management.recheck"


class CreditHold(models.Model):
    _inherit = "credit.hold"

    @api.model
    def _queue_recheck(self, partner_ids):
        """Look at the holds of customers once more before this transaction commits.

        Causes come in numbers (a bank import reconciles a thousand items): they are collected, and
        looked at once.
        """
        data = self.env.cr.precommit.data
        if QUEUE not in data:
            data[QUEUE] = set()
            # a payment frees a customer whoever registered it
            self.env.cr.precommit.add(self.sudo()._run_queued_recheck)
        data[QUEUE].update(partner_ids)

    @api.model
    def _queue_recheck_all(self):
        """Look at all open holds once more before this transaction commits."""
        # whoever changes a policy need not see the holds of every company
        self._queue_recheck(self.sudo().search([("state", "=", "open")]).partner_id.ids)

    @api.model
    def _run_queued_recheck(self):
        partner_ids = self.env.cr.precommit.data.pop(QUEUE, set())
        customers = self.env["res.partner"].browse(partner_ids).exists().commercial_partner_id
        groups = self.env["credit.profile"].search([("partner_id", "in", customers.ids)]).group_id
        domain = [("state", "=", "open"), ("is_forced", "=", False), ("is_ahead", "=", False), "|",
                  ("partner_id.commercial_partner_id", "in", customers.ids),
                  ("profile_id.group_id", "in", groups.ids)]  # fmt: skip
        holds = self.search(domain, order="id")
        if holds:
            self._recheck_safely(holds)

    @api.model
    def _recheck_safely(self, holds):
        """Recheck in a savepoint: what caused it (a payment) is never undone by us."""
        try:
            with self.env.cr.savepoint():
                holds._recheck()
        except UserError:
            _logger.exception("Credit holds %s could not be rechecked; the nightly sweep will try again", holds.ids)

    def _recheck(self):
        """Decide open holds again, oldest first, and free those that pass now."""
        self.filtered(lambda hold: not hold._is_controlled())._set_cancelled()
        for (model, checkpoint), holds in self._get_recheck_batches().items():
            documents = self.env[model].browse(holds.mapped("res_id")).exists()
            holds.filtered(lambda hold, ids=set(documents.ids): hold.res_id not in ids)._set_cancelled()
            if documents:
                documents._credit_recheck(checkpoint, {hold.res_id: hold for hold in holds})

    def _refresh(self, decision):
        """Bring what a hold that stays is over by up to date. Its amount stays: it is what would be released."""
        if self.currency_id.compare_amounts(self.amount_over, decision.amount_over):
            self.write({"amount_over": decision.amount_over})

    def _get_recheck_batches(self):
        open_holds = self.filtered(lambda hold: hold.state == "open" and not hold.is_forced
            and not hold.is_ahead and hold._is_controlled())  # fmt: skip
        return open_holds.sorted("id").grouped(lambda hold: (hold.res_model, hold.checkpoint))

    @api.model
    def _cron_sweep(self):
        """Look at every open hold: finds what no event has freed, and says so in the log."""
        holds = self.search([("state", "=", "open"), ("is_forced", "=", False), ("is_ahead", "=", False)], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(holds))
        for hold in holds:
            self._recheck_safely(hold)
            if hold.state == "cured":
                _logger.warning("The sweep freed %s: an event has been missed", hold.document_name)
            if not self.env["ir.cron"]._commit_progress(1):
                break
