"""A due date does not move later unseen: neither on a posted debt, nor by posting it once more.

A move that is reset to draft, or cancelled, keeps when it was due; so does what the reversal wizard makes in its place.
Posted again it is compared with that, whoever posts it: a job, or a hold that is cured, grants no time either.
"""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..gate.guard import get_changed
from ..record.words import in_every_language

# what a posted item keeps, besides what core keeps: the day, the journal and the currency of its move
STAYS = frozenset({"date", "journal_id", "currency_id", "company_id"})
# what core lets somebody write on a posted move, though figures are read from it
STAYS_ON_MOVE = frozenset({"invoice_currency_rate", "reversed_entry_id", "origin_payment_id"})


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_due_before = fields.Json(
        "Due When It Was Posted",
        copy=False,
        readonly=True,
        help="Days and amounts, in company currency, of what was owed when this was posted last.",
    )

    @api.model
    def _credit_get_protected_fields(self):
        return super()._credit_get_protected_fields() | {"credit_due_before"}

    def write(self, vals):
        """Override of `account`: what is posted stays, and what is posted again is not due later.

        :raise AccessError: when a person changes what figures of a posted move are read from
        :raise UserError: when something would be due later than it was, and no credit controller posts it
        """
        self._credit_check_stays(STAYS_ON_MOVE, vals, self)
        if "date" in vals:
            self.line_ids._credit_check_postponed({"date": vals["date"]})
        if "invoice_date_due" in vals:
            self._credit_check_shown_due(fields.Date.to_date(vals["invoice_date_due"]))
        if vals.get("state") in ("draft", "cancel"):
            self.filtered(lambda move: move.state == "posted")._credit_keep_due()
        if vals.get("state") == "posted":
            for move in self.filtered(lambda move: move.state != "posted" and move.credit_due_before):
                move._credit_check_due()
        result = super().write(vals)
        if vals.get("state") == "posted":
            self.filtered("credit_due_before")._credit_keep_first_due_again()
        return result

    def _credit_check_stays(self, names, vals, records):
        """Refuse to write some fields on records of these moves where they are posted.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        posted = self.filtered(lambda move: move.state == "posted") if names & vals.keys() else self.browse()
        written = posted and self._credit_is_person() and get_changed(records, names, vals)
        if written:
            raise AccessError(
                self.env._(
                    "%(invoice)s is posted: '%(field)s' stays as it is. Reset it to draft, or ask a credit controller.",
                    invoice=posted[0].display_name,
                    field=records._fields[min(written)]._description_string(self.env),
                )
            )

    def _credit_check_shown_due(self, day):
        """Refuse to show a later due date on posted invoices than they have: customers pay by what they read.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        for move in self.filtered(lambda move: move.state == "posted" and move.is_sale_document(True)):
            before = move.invoice_date_due
            if before and day and day > before:
                move._credit_refuse_later(before)  # what a controller moves is kept with its items

    def _credit_refuse_later(self, before):
        """Refuse to make a posted debt due later than on a day.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        if self._credit_is_person():
            raise AccessError(
                self.env._(
                    "%(invoice)s is due on %(day)s: only a credit controller grants more time.",
                    invoice=self.display_name,
                    day=format_date(self.env, before),
                )
            )

    def _credit_keep_due(self):
        for move in self.sudo():  # no person writes it
            due = move._credit_get_due()
            if due and _total(due) >= _total(move.credit_due_before or []):
                move.credit_due_before = due

    def _credit_get_due(self):
        """Return ``[[day, amount]]`` of what is owed by this move, in company currency, by day."""
        return sorted([str(item.date_maturity or item.date), item.balance] for item in self._credit_get_debts())

    def _credit_check_due(self):
        """Refuse to post what is due later than when it was posted last; keep in the log what a controller grants.

        :raise UserError: naming the day
        """
        before, after = self.credit_due_before, self._credit_get_due()
        amount = get_postponed(before, after)
        tolerance = self.company_currency_id.rounding * len(before)  # a unit for each installment
        if amount <= tolerance or not self.company_id._is_credit_checked():
            return
        if self._credit_may_grant_time():
            self._credit_log_postponed(before[0][0], after[0][0], amount)
            return
        raise UserError(
            self.env._(
                "%(invoice)s was due on %(day)s when it was posted before: only a credit controller grants more time. "
                "Set its due date back, or ask one.",
                invoice=self.display_name,
                day=format_date(self.env, before[0][0]),
            )
        )

    def _credit_keep_first_due_again(self):
        """Keep when the items of what is posted once more were due before, where that was earlier."""
        for move in self:
            owed = 0.0
            for item in move._credit_get_debts():
                first = fields.Date.to_date(get_due_day(move.credit_due_before, owed))
                if first < (item.credit_date_due_first or item.date_maturity or item.date):
                    item.sudo().credit_date_due_first = first  # no person writes it
                owed += item.balance

    def _credit_get_debts(self):
        items = self.line_ids.filtered(lambda item: item.account_type == "asset_receivable" and item.balance > 0)
        return items.sorted(lambda item: (item.date_maturity or item.date, item.id))

    def _credit_may_grant_time(self):
        """Tell whether a credit controller acts, also where a method of theirs has all rights. A job does not."""
        user = self.env.user
        return user.id != SUPERUSER_ID and user.has_group("credit_management.group_credit_controller")

    def _credit_log_postponed(self, before, after, amount):
        profile = self._credit_get_profiles()[self]
        values = {
            **profile._get_log_values(), "kind": "change", "verdict": "looser", "res_model": self._name,
            "res_id": self.id, "document_name": self._credit_get_name_words(),
            "field_name": in_every_language(self, lambda told: told.env._("Due Date")),
            "value_before": before, "value_after": after, "amount_most": amount,
        }
        self.env["credit.log"].sudo()._append([values])  # the log is written for every user


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def write(self, vals):
        """Override: see `account.move`. Nobody empties a due date either: the day of the entry would count.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        if {"date_maturity", "date"} & vals.keys():
            self._credit_check_postponed(vals)
        self.move_id._credit_check_stays(STAYS, vals, self)
        return super().write(vals)

    def _credit_check_postponed(self, vals):
        """Refuse to make posted debts due later: nothing would be overdue any more.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        debts = self.filtered(lambda item: item._credit_is_debt() and not item.reconciled)
        for item in debts:
            before = item.date_maturity or item.date
            after = fields.Date.to_date(vals.get("date_maturity", item.date_maturity) or vals.get("date", item.date))
            if before >= after:
                continue
            item.move_id._credit_refuse_later(before)
            if item.company_id._is_credit_checked() and item.partner_id:
                item.move_id._credit_log_postponed(str(before), str(after), item.amount_residual)


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    def reverse_moves(self, is_modify=False):
        """Override of `account`: what takes the place of a reversed invoice is not due later unseen."""
        action = super().reverse_moves(is_modify)
        if is_modify and len(self.move_ids) == len(self.new_move_ids):
            for move, new in zip(self.move_ids, self.new_move_ids, strict=True):
                new.sudo().credit_due_before = move._credit_get_due() or False  # no person writes it
        return action


def get_due_day(due, owed):
    """Return the day on which is due what comes after an amount; each ``[[day, amount]]``, the last day for all beyond.

    >>> get_due_day([["2026-01-31", 100.0], ["2026-02-28", 50.0]], 100.0)
    '2026-02-28'
    """
    total = 0.0
    for day, amount in due:
        total += amount
        if total > owed:
            return day
    return due[-1][0]


def get_postponed(before, after):
    """Return how much is due later, at most, on some day; each ``[[day, amount]]``.

    What was due is due on, as far as the new total goes: neither a smaller invoice nor a larger one is a later one.
    """
    total = _total(before)
    share = _total(after) / total if total else 0.0
    return max(
        (min(_total(before, day), _total(before, day) * share) - _total(after, day) for day, _amount in before),
        default=0.0,
    )


def _total(due, until="9999-12-31"):
    """Return what is due up to a day."""
    return sum(amount for day, amount in due if day <= until)
