"""The log: what was checked, changed, released, switched and merged; nobody edits it (信用日志).

A row names everything as text beside its number and has no foreign key: it reads the same when the document, the
rule, the add-on or the person is gone, and each reads it in the own language (`words.py`). Rows come from `_append`,
and no right changes or deletes them: `create`, `write` and `unlink` raise for everybody, and a trigger refuses it in
SQL. Only `_lift` opens the table, to a migration and to the purge, and each of them leaves a row.

What is checked in a transaction that fails, or in a part of it that is undone, is kept as well: `_keep` hands the
rows' plain values to a writer that runs after the transaction, on a cursor of its own.
"""

import contextlib
import json
import logging
import weakref

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tools import SQL

from .words import SOURCE

_logger = logging.getLogger(__name__)
KEPT = "credit_management.log"  # key of what is to be kept, on the cursor
# how often what was checked on a cursor was rolled back since its last commit; a replay empties what is on the cursor
TRIES = weakref.WeakKeyDictionary()
ATTEMPT_OF = ("kind", "person_ref", "customer_ref", "res_model", "checkpoint")  # a new document has a new number
LIFTED = "credit_management.log_lifted"  # PostgreSQL's setting that opens the table for one transaction
TEXTS = {"rules", "findings", "facts"}  # columns of JSON
REFUSES = """
    CREATE OR REPLACE FUNCTION credit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF COALESCE(current_setting('credit_management.log_lifted', TRUE), '') <> 'on' THEN
            RAISE EXCEPTION 'The credit log cannot be changed.';
        END IF;
        RETURN NULL;
    END $$;
    CREATE OR REPLACE TRIGGER credit_log_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_log
        FOR EACH STATEMENT EXECUTE FUNCTION credit_log_refuse();
"""


class CreditLog(models.Model):
    _name = "credit.log"
    _description = "Credit Log"
    _order = "id desc"
    _log_access = False
    _rec_name = "document_name"

    date = fields.Datetime("When", readonly=True, index=True, help="The moment of the transaction.")
    kind = fields.Selection("_get_kinds", readonly=True, help="What happened.")
    company_ref = fields.Integer("Company Number", readonly=True, aggregator=None, help="Number of the company.")
    company_name = fields.Char("Company", readonly=True)
    person_ref = fields.Integer("Person Number", readonly=True, aggregator=None, help="Number of the user.")
    person_name = fields.Char(
        "Who", compute="_compute_person_name", search="_search_person_name", help="Who took the step."
    )
    customer_ref = fields.Integer("Customer Number", readonly=True, aggregator=None, help="Number of the customer.")
    customer_name = fields.Char("Customer", readonly=True)
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Integer("Document Number", readonly=True, aggregator=None, help="Number of the document.")
    document_name = fields.Char("Document", readonly=True, translate=True)
    currency_ref = fields.Integer("Currency Number", readonly=True, aggregator=None, help="Number of the currency.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    checkpoint = fields.Selection("_get_checkpoints", readonly=True, help="Where the check took place.")
    verdict = fields.Selection("_get_verdicts", readonly=True, help="What was decided, or which way a change goes.")
    policy_name = fields.Char("Policy", readonly=True, translate=True)
    exemption = fields.Char(readonly=True)
    amount = fields.Monetary("Document Amount", readonly=True, help="In company currency, tax included.")
    amount_exposure_before = fields.Monetary("Exposure Before", readonly=True, help="Without the document.")
    amount_exposure_after = fields.Monetary("Exposure After", readonly=True, help="With the document.")
    limit_name = fields.Char("Limit of", readonly=True)
    amount_limit = fields.Monetary("Limit Tested", readonly=True, help="The limit that binds: the own or the group's.")
    amount_over = fields.Monetary("Over By", readonly=True, help="By how much the limit would be exceeded.")
    rules = fields.Json(
        readonly=True, exportable=False, help="The rules that were tested, with their thresholds and effects."
    )
    findings = fields.Json(readonly=True, exportable=False, help="All reasons with their figures.")
    facts = fields.Json(readonly=True, exportable=False, help="All facts the decision stands on.")
    field_name = fields.Char("Field", readonly=True, translate=True)
    value_before = fields.Char("From", readonly=True, translate=True)
    value_after = fields.Char("To", readonly=True, translate=True)
    amount_most = fields.Monetary(
        "Most Possible", readonly=True, help="The most that becomes possible by the act, in company currency."
    )
    reason = fields.Text(readonly=True, translate=True)
    is_undone = fields.Boolean(
        "Ended in an Error", readonly=True, help="The step that was checked did not take place: its transaction failed."
    )
    attempt = fields.Integer(
        readonly=True,
        aggregator=None,
        help="Which attempt it was: a step that got into another one's way is taken again by the system, and is "
        "checked again.",
    )

    _document_idx = models.Index("(res_model, res_id)")
    _customer_idx = models.Index("(customer_ref, company_ref, id DESC)")

    def init(self):
        """Make the trigger that refuses every change of a row."""
        self.env.cr.execute(REFUSES)

    @api.model
    def _get_kinds(self):
        """Return what can happen, as ``[(name, label)]``."""
        return [
            ("check", self.env._("Check")),
            ("change", self.env._("Change")),
            ("release", self.env._("Release")),
            ("merge", self.env._("Merge")),
            ("purge", self.env._("Purge")),
        ]

    @api.model
    def _get_verdicts(self):
        """Return what a row may say, as ``[(name, label)]``."""
        return [
            ("pass", self.env._("Passed")),
            ("warn", self.env._("Passed with a warning")),
            ("released", self.env._("Passed by a release")),
            ("hold", self.env._("Held")),
            ("refuse", self.env._("Refused")),
            ("looser", self.env._("Loosened")),
            ("changed", self.env._("Changed")),
            ("tighter", self.env._("Tightened")),
            ("merged", self.env._("Merged")),
        ]

    @api.model
    def _get_checkpoints(self):
        """Return where checks take place, as ``[(name, label)]``. Hook: `policy/` knows them."""
        return []

    @api.depends("person_ref")
    def _compute_person_name(self):
        people = self.env["credit.log.person"].sudo().search([("person_ref", "in", self.mapped("person_ref"))])  # names
        names = {person.person_ref: person.name for person in people}
        for row in self:
            row.person_name = names.get(row.person_ref, "")

    @api.model
    def _search_person_name(self, operator, value):
        people = self.env["credit.log.person"].sudo().search([("name", operator, value)])  # only their numbers
        return [("person_ref", "in", people.mapped("person_ref"))]

    @api.depends("currency_ref")
    def _compute_currency_id(self):
        known = self.env["res.currency"].browse(self.mapped("currency_ref")).exists()
        for row in self:
            row.currency_id = known & self.env["res.currency"].browse(row.currency_ref)

    # -- nobody edits ------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        """Refuse: rows come from what happened.

        :raise UserError: always
        """
        raise UserError(self._get_refusal())

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse: see `create`.

        :raise UserError: always
        """
        raise UserError(self._get_refusal())

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse: see `create`.

        :raise UserError: always
        """
        raise UserError(self._get_refusal())  # pylint: disable=no-raise-unlink

    @api.model
    def _get_refusal(self):
        return self.env._("The credit log is a record of what happened. Nobody can write, change or delete in it.")

    # -- writing -----------------------------------------------------------------------------------

    @api.model
    def _append(self, vals_list):
        """Add rows to this transaction, in their order, and keep them if it fails.

        :param list vals_list: plain values by field, words as in `words.py`; moment and person are added
        :return: the rows
        """
        rows = [self._sign(vals) for vals in vals_list]
        written = self._insert(rows)
        self._keep(written, rows)
        return self.browse(row_id for row_id, _is_last in written)

    @api.model
    def _append_after(self, vals_list):
        """Add rows that describe what ends in an error: after the transaction, whatever becomes of it."""
        rows = [{**self._sign(vals), "is_undone": True} for vals in vals_list]
        self._keep([(None, False)] * len(rows), rows)

    @api.model
    def _sign(self, vals):
        """Return the values of a row with when, who, and at which attempt."""
        # the person of the session, also where it works with all rights
        row = {"date": self.env.cr.now(), "person_ref": self.env.uid, **vals}
        return {**row, "attempt": TRIES.get(self.env.cr, {}).get(_get_step(row), 0) + 1}

    @api.model
    def _insert(self, rows):
        """Insert rows of plain values, and the names of persons who have none yet, in one statement.

        :return: (id, whether it stands and falls with the transaction: no savepoint is open) of each
        """
        if not rows:
            return []
        names = sorted({name for row in rows for name in row})
        values = SQL(", ").join(
            SQL("(%s)", SQL(", ").join(self._get_value_sql(name, row.get(name)) for name in names)) for row in rows
        )
        statement = SQL(
            "WITH noted AS (%s) INSERT INTO credit_log (%s) VALUES %s RETURNING id, xmin = pg_current_xact_id()::xid",
            self.env["credit.log.person"]._get_noting_sql({row["person_ref"] for row in rows if row.get("person_ref")}),
            SQL(", ").join(map(SQL.identifier, names)),
            values,
        )
        return self.env.execute_query(statement)

    @api.model
    def _get_value_sql(self, name, value):
        if name in TEXTS:
            return SQL("%s::jsonb", None if value is None else json.dumps(value))
        if self._fields[name].translate:
            words = {SOURCE: value} if isinstance(value, str) else value
            return SQL("%s::jsonb", None if words is None else json.dumps(words))
        return SQL("%s", value)

    @api.model
    def _keep(self, written, rows):
        """Hand rows to the writer that runs after the transaction.

        :param list written: what `_insert` has returned for them
        """
        cr = self.env.cr
        if cr.readonly or not rows:
            return
        if KEPT not in cr.cache:
            # held by the callbacks, too: a cursor that is closed empties its cache before it rolls back
            kept = cr.cache[KEPT] = []
            cr.postcommit.add(lambda: _write_after(cr, kept, is_undone=False))
            cr.postrollback.add(lambda: _count_tries(cr, kept))
            cr.postrollback.add(lambda: _write_after(cr, kept, is_undone=True))
        cr.cache[KEPT].extend(zip(written, rows, strict=True))

    # -- reading -----------------------------------------------------------------------------------

    @api.model
    def _get_merged_into(self, customer_id):
        """Return the number of a customer and those of all that were merged into it."""
        numbers, added = set(), {customer_id}
        while added - numbers:
            numbers |= added
            merged = [("kind", "=", "merge"), ("res_model", "=", "res.partner"), ("res_id", "in", sorted(added))]
            # which customers became one, whatever the reader's companies are
            added = set(self.sudo().search(merged).mapped("customer_ref"))
        return sorted(numbers)

    # -- opening -----------------------------------------------------------------------------------

    @api.model
    @contextlib.contextmanager
    def _lift(self, reason):
        """Open the table to migrations and to the purge, for what happens inside; leaves a row.

        :param reason: who opens it, and what for; words as in `words.py`, or plain text
        """
        self.env.cr.execute(SQL("SELECT set_config(%s, 'on', TRUE)", LIFTED))
        try:
            yield
        finally:
            self.env.cr.execute(SQL("SELECT set_config(%s, '', TRUE)", LIFTED))
        self._append([{"kind": "purge", "reason": reason}])


class CreditLogPerson(models.Model):
    _name = "credit.log.person"
    _description = "Person in the Credit Log"
    _log_access = False

    person_ref = fields.Integer("Number", required=True, readonly=True, aggregator=None, help="Number of the user.")
    name = fields.Char(required=True, readonly=True)

    _person_ref_unique = models.UniqueIndex("(person_ref)")

    @api.model
    def _get_noting_sql(self, user_ids):
        """Return the statement that keeps the names of users who have none here yet."""
        return SQL(
            """
            INSERT INTO credit_log_person (person_ref, name)
            SELECT u.id, COALESCE(p.name, u.login) FROM res_users u LEFT JOIN res_partner p ON p.id = u.partner_id
             WHERE u.id = ANY(%s) AND NOT EXISTS (SELECT FROM credit_log_person n WHERE n.person_ref = u.id)
            ON CONFLICT (person_ref) DO NOTHING
            """,
            list(user_ids),
        )


def _write_after(cr, kept, is_undone):
    """Write, on a cursor of its own, the rows that the transaction of ``cr`` did not leave behind.

    Holds no lock of that transaction any more, so it cannot wait for it. Never raises: what cannot be written goes to
    the server's log with its values.
    """
    cr.cache.pop(KEPT, None)
    try:
        rows = [row for _written, row in kept] if is_undone else _get_missing(cr, kept)
        if rows:
            with Registry(cr.dbname).cursor() as own:
                log = api.Environment(own, api.SUPERUSER_ID, {})["credit.log"]
                log._insert([{**row, "is_undone": True} for row in rows])
    except Exception:  # pylint: disable=broad-except
        _logger.exception("The credit log could not be written: %s", [row for _written, row in kept])


def _count_tries(cr, kept):
    """Remember what was rolled back: if it is checked once more before a commit, that is the next attempt (Odoo replays
    a transaction that got into another one's way on the same cursor)."""
    tries = TRIES.setdefault(cr, {})
    for step in {_get_step(row) for _written, row in kept}:
        tries[step] = tries.get(step, 0) + 1
    cr.postcommit.add(lambda: TRIES.pop(cr, None))


def _get_step(row):
    return tuple(row.get(name) for name in ATTEMPT_OF)


def _get_missing(cr, kept):
    """Return the rows that a transaction that is committed did not leave behind: those of a savepoint that was
    rolled back, and those that were to come after it. Asked on its own connection, of rows within a savepoint only."""
    unsure = [(row_id, row) for (row_id, is_there), row in kept if not is_there]
    if not unsure:
        return []
    cr.execute(SQL("SELECT id FROM credit_log WHERE id = ANY(%s)", [row_id for row_id, _row in unsure if row_id]))
    there = {row_id for (row_id,) in cr.fetchall()}
    return [row for row_id, row in unsure if row_id not in there]
