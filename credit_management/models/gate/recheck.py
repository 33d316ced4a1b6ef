"""Re-evaluation: held documents that pass now are freed, and go on, each by itself."""

import logging

from odoo import SUPERUSER_ID, models

_logger = logging.getLogger(__name__)


class CreditGateMixin(models.AbstractModel):
    _inherit = "credit.gate.mixin"

    def _credit_recheck(self, checkpoint, holds):
        """Free those of these held documents that pass now, and go on with them.

        They are decided together, in their order; each is freed in a savepoint of its own.

        :param dict holds: the open hold by document id
        :return: the holds of those that could not be looked at
        """
        attempt = self.env["credit.recheck"]._attempt
        decisions, error = attempt(self._credit_decide, checkpoint)
        if not error:
            failed = [self._credit_recheck_one(record, decisions[record], holds[record.id]) for record in self]
        elif len(self) > 1:  # one of them cannot even be decided
            failed = [record._credit_recheck(checkpoint, holds) for record in self]
        else:
            failed = [holds[self.id]]
            _logger.error("%s cannot be decided", holds[self.id].document_name, exc_info=error)
        return self.env["credit.hold"].union(*failed)

    def _credit_recheck_one(self, record, decision, hold):
        """Free a document that passes now, and go on with it; return its hold where that could not be done.

        One that cannot go on for another reason than credit is free nevertheless, and its salesperson is told why.
        """
        attempt = self.env["credit.recheck"]._attempt
        _result, error = attempt(record._credit_follow, decision, hold)
        if not error:
            return hold.browse()
        _logger.warning("%s is free of its hold, and cannot go on: %s", hold.document_name, error)
        _result, worse = attempt(record._credit_free_only, hold, error)
        if worse:
            _logger.error("%s could not be looked at; it will be again", hold.document_name, exc_info=worse)
        return hold if worse else hold.browse()

    def _credit_follow(self, decision, hold):
        """Do what follows from a new decision on a held document."""
        if hold.state != "open":  # what was freed before it has taken it along
            return
        if not decision.is_allowed:
            hold._refresh(decision)
            return
        is_resumed = self.company_id.credit_is_resumed
        if not is_resumed:
            self._credit_log({self: decision})  # what goes on is decided, and logged, when it does
        hold._set_cured()
        # whoever paid or changed a limit has not confirmed anything: the system has
        system = hold.with_user(SUPERUSER_ID)
        system._tell_salesperson(lambda env: env._("Free again: the cause of the credit hold is gone."))
        if is_resumed:
            # Odoo's own line on it is written before the commit, by whoever changed an order first: who registered it
            self._track_set_author(system.env.user.partner_id)
            self.with_user(SUPERUSER_ID).with_company(self.company_id)._credit_resume(hold.checkpoint)

    def _credit_free_only(self, hold, error):
        """Free a document that cannot go on by itself, if it still passes: what went before it may have used it up."""
        decision = self._credit_decide(hold.checkpoint)[self]
        if not decision.is_allowed:
            hold._refresh(decision)
            return
        self._credit_log({self: decision})
        hold._set_cured()
        hold._tell_salesperson(
            lambda env: env._("Free again, but it could not go on by itself: %(reason)s", reason=_get_text(error))
        )


def _get_text(error):
    """Return what an error says; one that offers a way forward carries more than its text."""
    return str(error.args[0]) if error.args else str(error)
