"""The queue of what is to be looked at once more: customers, or held documents.

Whatever may free somebody queues its customers here, in any room; `hold/` does the work by extending this model. A row
is written by the transaction that queues it, so it goes with what is rolled back, and with nothing else. Before the
commit the transaction works its own rows off, as far as one batch goes; what is left, and what could not be looked at,
is the job's, within the minute. Nobody touches the rows of a transaction that still runs: the queue locks nobody.
"""

import logging
import weakref

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL
from psycopg2 import OperationalError

_logger = logging.getLogger(__name__)
QUEUE = "credit_management.recheck"  # key of what this transaction has queued, on the cursor
# Cursors whose queue is being worked off. Not in `cr.cache`: a savepoint that is rolled back on the way clears it.
WORKING = weakref.WeakSet()
# Held documents that are looked at while somebody waits for a payment or a policy to be saved: a second or two.
BATCH = 25
# Rows of the job between two commits: what has been freed stays free, and waits for nobody.
JOB_BATCH = 50
# What is freed may free something else: more than three times in a row is the job's.
ROUNDS = 3
# 1, 2, 4 … minutes: after two hours it is the nightly sweep that looks at it again.
ATTEMPTS = 7
REPLAYED = (OperationalError, ConcurrencyError)  # Odoo, or the job, takes the whole transaction again


class CreditRecheck(models.Model):
    _name = "credit.recheck"
    _description = "To Be Looked at Again"
    _order = "id"
    _log_access = False

    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True, readonly=True)
    made_in = fields.Char("Transaction", readonly=True, help="The transaction that queued it.")
    attempts = fields.Integer(readonly=True, help="How often it could not be looked at.")
    date_next = fields.Datetime("Next Time", required=True, readonly=True, help="When the job looks at it.")

    @api.model
    def _queue(self, partners, cause=None):
        """Look at the holds of customers once more before this transaction commits.

        Causes come in numbers (a bank import reconciles a thousand items): they are collected, and
        looked at once.

        :param partners: customers or their contacts (`res.partner`); one may be gone when its turn comes
        :param cause: the payments, entries or assessments that may free them, to be named when they do
        """
        self._queue_records(partners)
        if cause:
            self._queue_records(cause)

    @api.model
    def _queue_all(self):
        """Look at every held document once more: as many as go before this transaction commits, the rest by the job.

        Hook: `hold/` knows which documents these are.
        """

    @api.model
    def _queue_records(self, records):
        """Queue records, each once in this transaction, and see to it that they are looked at before it commits."""
        data = self.env.cr.precommit.data
        if QUEUE not in data:
            data[QUEUE] = set()
            # a payment frees a customer whoever registered it
            self.env.cr.precommit.add(self.sudo()._run_queue)
        new = {(records._name, record_id) for record_id in records.ids} - data[QUEUE]
        data[QUEUE] |= new
        self._insert([(*key, 0) for key in sorted(new)])

    @api.model
    def _insert(self, rows):
        """Write rows (model, id, attempts): twice as late each time; beyond `ATTEMPTS` they are left to the sweep.

        What two customers of one transaction lead to waits once.
        """
        rows = [SQL("(%s, %s, %s)", *row) for row in rows if row[2] < ATTEMPTS]
        if rows:
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO credit_recheck (res_model, res_id, attempts, made_in, date_next)
                    SELECT model, id, attempts, pg_current_xact_id()::text,
                           now() AT TIME ZONE 'UTC' + CASE WHEN attempts = 0 THEN INTERVAL '0'
                                                           ELSE INTERVAL '30 seconds' * 2 ^ attempts END
                      FROM (VALUES %s) queued (model, id, attempts)
                     WHERE NOT EXISTS (SELECT FROM credit_recheck waiting
                                        WHERE waiting.res_model = queued.model AND waiting.res_id = queued.id
                                          AND waiting.attempts = queued.attempts
                                          AND waiting.made_in = pg_current_xact_id()::text)
                    """,
                    SQL(", ").join(rows),
                )
            )

    # -- before the commit -------------------------------------------------------------------------

    @api.model
    def _run_queue(self):
        """Work off what this transaction has queued, as far as one batch goes; the job does the rest.

        The cause always stands: what fails here is logged, and stays in the queue.
        """
        cr = self.env.cr
        cr.precommit.data.pop(QUEUE, None)
        if cr in WORKING:  # a savepoint that is opened on the way comes back here
            return
        WORKING.add(cr)
        try:
            _result, error = self._attempt(self._work_off_own)
        finally:
            WORKING.discard(cr)
        if error:
            _logger.error("What was queued could not be looked at; the job will", exc_info=error)
        if self._get_own(1):
            job = self.env.ref("credit_management.cron_recheck", raise_if_not_found=False)
            if job:  # somebody may have deleted it: then the nightly sweep does it
                job.sudo()._trigger()  # whoever paid

    @api.model
    def _work_off_own(self):
        left = BATCH
        for _round in range(ROUNDS):
            rows = self._get_own(None)
            if not rows or left <= 0:
                break
            left -= rows._work_off(left)

    @api.model
    def _get_own(self, limit):
        """Return the rows of this transaction that wait for their first look."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM credit_recheck WHERE made_in = pg_current_xact_id()::text AND attempts = 0 "
                "ORDER BY id LIMIT %s",
                limit,
            )
        )
        return self.browse([row[0] for row in rows])

    def _work_off(self, most):
        """Look at what these rows name, and take them off the queue; return how much was looked at.

        Hook: `hold/` does it; nothing waits without holds.

        :param int most: so many documents; the others are queued by themselves
        """
        self._take_off()
        return 0

    def _take_off(self):
        if self:
            self.env.cr.execute(SQL("DELETE FROM credit_recheck WHERE id IN %s", tuple(self.ids)))
            self.invalidate_recordset(flush=False)

    @api.model
    def _attempt(self, step, *arguments):
        """Take a step in a savepoint: whatever goes wrong in it undoes the step, and nothing else.

        :return: (its result, None), or (None, the exception that undid it)
        :raise: what Odoo replays
        """
        try:
            with self.env.cr.savepoint():
                return step(*arguments), None
        except REPLAYED:
            raise
        except Exception as error:  # pylint: disable=broad-except
            return None, error

    # -- the job -------------------------------------------------------------------------------------

    @api.model
    def _cron_work_off(self):
        """Look at what no transaction has looked at, a batch and a commit at a time."""
        while rows := self._get_due():
            rows._work_off(JOB_BATCH)
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=len(self._get_due())):
                break

    @api.model
    def _get_due(self):
        """Return the next rows of the job; what another worker has in hand is left to it."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM credit_recheck WHERE date_next <= now() AT TIME ZONE 'UTC' "
                "ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED",
                JOB_BATCH,
            )
        )
        return self.browse([row[0] for row in rows])
