"""The queue of customers whose held documents are looked at once more before the transaction commits.

Whatever may free somebody queues its customers here, in any room; `hold/` does the work by extending this model.
The queue lives on the cursor: what that means is explained in `gate/transaction.py`.
"""

from odoo import api, models

QUEUE = "credit_management.recheck"  # key of the queued customers of this transaction, on the cursor


class CreditRecheck(models.AbstractModel):
    _name = "credit.recheck"
    _description = "Customers to Look at Again"

    @api.model
    def _queue(self, partners):
        """Look at the holds of customers once more before this transaction commits.

        Causes come in numbers (a bank import reconciles a thousand items): they are collected, and
        looked at once.

        :param partners: customers or their contacts (`res.partner`); one may be gone when its turn comes
        """
        data = self.env.cr.precommit.data
        if QUEUE not in data:
            data[QUEUE] = set()
            # a payment frees a customer whoever registered it
            self.env.cr.precommit.add(self.sudo()._run_queue)
        data[QUEUE].update(partners.ids)

    @api.model
    def _queue_all(self):
        """Look at every held document once more before this transaction commits.

        Hook: `hold/` knows which customers these are.
        """

    @api.model
    def _run_queue(self):
        partner_ids = self.env.cr.precommit.data.pop(QUEUE, set())
        self._recheck(self.env["res.partner"].browse(partner_ids).exists().commercial_partner_id)

    @api.model
    def _recheck(self, customers):
        """Look at the held documents of customers, and of those who share a limit with them, once more.

        Hook: `hold/` does it; nothing waits without holds.
        """
