"""Re-evaluation: holds fall by themselves when their cause is gone."""

import logging

from odoo import api, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)
# holds that the figures may free: a forced one never falls, and one asked for in advance stops nothing
WAITING = (("state", "=", "open"), ("is_forced", "=", False), ("is_ahead", "=", False))


class CreditRecheck(models.AbstractModel):
    _inherit = "credit.recheck"

    @api.model
    def _queue_all(self):
        """Override to queue whoever has an open hold."""
        super()._queue_all()
        # whoever changes a policy need not see the holds of every company
        self._queue(self.env["credit.hold"].sudo().search([("state", "=", "open")]).partner_id)

    @api.model
    def _recheck(self, customers):
        """Override to free what waits of these customers and of their credit groups, as far as it passes now."""
        super()._recheck(customers)
        groups = self.env["credit.profile"].search([("partner_id", "in", customers.ids)]).group_id
        domain = [
            *WAITING,
            "|",
            ("partner_id.commercial_partner_id", "in", customers.ids),
            ("profile_id.group_id", "in", groups.ids),
        ]
        holds = self.env["credit.hold"].search(domain, order="id")
        if holds:
            holds._recheck_safely(holds)


class CreditHold(models.Model):
    _inherit = "credit.hold"

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
        waiting = self.filtered(lambda hold: hold.state == "open")
        waiting.filtered(lambda hold: not hold._is_controlled())._set_cancelled()
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
        waiting = self.filtered_domain(list(WAITING)).filtered(lambda hold: hold._is_controlled())
        return waiting.sorted("id").grouped(lambda hold: (hold.res_model, hold.checkpoint))

    @api.model
    def _cron_sweep(self):
        """Look at every open hold: finds what no event has freed, and says so in the log."""
        holds = self.search(list(WAITING), order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(holds))
        for hold in holds:
            self._recheck_safely(hold)
            if hold.state == "cured":
                _logger.warning("The sweep freed %s: an event has been missed", hold.document_name)
            if not self.env["ir.cron"]._commit_progress(1):
                break
