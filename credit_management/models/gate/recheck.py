"""Re-evaluation: held documents that pass now are freed, and go on."""

from odoo import models


class CreditGateMixin(models.AbstractModel):
    _inherit = "credit.gate.mixin"

    def _credit_recheck(self, checkpoint, holds):
        """Free those of these held documents that pass now, and go on with them.

        :param dict holds: the open hold by document id
        """
        decisions = self._credit_decide(checkpoint)
        passing = self.filtered(lambda record: decisions[record].is_allowed)
        for record in self - passing:
            holds[record.id]._refresh(decisions[record])
        waiting = passing.filtered(lambda record: not record.company_id.credit_is_resumed)
        waiting._credit_log(decisions)  # those that go on are decided, and logged, when they do
        for record in passing:
            hold = holds[record.id]
            hold._set_cured()
            hold._tell_salesperson(self.env._("Free again: the cause of the credit hold is gone."))
            if record not in waiting:
                record.with_company(record.company_id)._credit_resume(checkpoint)
