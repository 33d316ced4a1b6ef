"""Dunning: which notice of an item comes next, what a notice asks for, and why nobody writes to a customer.

Plain functions of plain values: no environment, no records, no clock. The day is a parameter.

An item (an installment) has a track of its own: it goes through the levels of its plan one by one, each when at least
so many days have passed, never before the deadline that its last notice granted is over, and never two on one day. So
no level is skipped, not by an item that is late for the plan, and not by a job that did not run.

A customer gets one notice per currency. Its level is the highest that one of its items comes to; whatever is overdue is
listed, also items that stay where they are.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

BEFORE_DUE, AFTER_DUE, AFTER_MONTH_END, AFTER_NOTICE = "before", "due", "month_end", "notice"

# Why nobody writes: of an item, of a customer. In this order where several hold.
PROCEEDINGS, BLOCKED, UNKNOWN, ANSWERED = "proceedings", "blocked", "unknown", "answered"
ITEM_BLOCKED, DISPUTED, PROMISED, CREDITED = "item_blocked", "disputed", "promised", "credited"
QUIET, DEADLINE, NOT_YET, EXHAUSTED = "quiet", "deadline", "not_yet", "exhausted"
BELOW_MINIMUM, PERHAPS_PAID = "below_minimum", "perhaps_paid"
PAID = "paid"  # at sending: nothing of what the notice listed is left

ONE_DAY = timedelta(days=1)


class Level(NamedTuple):
    """A level of a plan; its minimum in the smallest unit of the company's currency."""

    number: int
    timing: str
    days: int
    days_deadline: int = 0
    amount_min: int = 0
    days_repeat: int = 0
    repeat_max: int = 0
    level_id: int = 0
    minimums: tuple[tuple[int, int], ...] = ()  # (currency, minimum in its smallest unit), instead of `amount_min`


@dataclass(frozen=True)
class Plan:
    """Levels in order; a reminder before the due date stands beside them."""

    plan_id: int
    levels: tuple[Level, ...]
    days_quiet: int = 0
    reminder: Level | None = None

    def get_after(self, number: int) -> Level | None:
        """Return the level after one that was reached; levels may have been added or taken away since."""
        return next((level for level in self.levels if level.number > number), None)


class Item(NamedTuple):
    """What is open of a journal item, below zero for a credit.

    Amounts are whole numbers of the smallest unit of a currency, its own or the company's: sums are exact.
    """

    item_id: int
    date_due: date
    amount: int
    amount_company: int
    currency_id: int = 0
    move_id: int = 0
    is_blocked: bool = False
    date_sent: date | None = None  # the invoice, to the customer
    amount_disputed: int = 0
    amount_promised: int = 0
    date_promised: date | None = None
    level: int | None = None  # how far it has come; None: nothing was said of it
    date_last: date | None = None
    date_deadline: date | None = None
    times: int = 0  # notices of that level

    @property
    def amount_held(self) -> int:
        """What of it is disputed or promised, so not asked for."""
        return min(self.amount, self.amount_disputed + self.amount_promised)


class Customer(NamedTuple):
    """What is known of a customer, whatever its items are."""

    partner_id: int
    in_proceedings: bool = False
    is_blocked: bool = False
    date_blocked_to: date | None = None
    date_answered_to: date | None = None  # it has answered, and is left in peace so long
    has_unknown: bool = False  # a notice may or may not have arrived
    contacts: dict = {}  # {currency: day of the last notice}; never written


class Step(NamedTuple):
    """What comes next: a level, or the reason why none does, and the last day on which that holds."""

    level: Level | None
    reason: str = ""
    until: date | None = None


class Line(NamedTuple):
    """An item on a notice: ``amount`` is what is asked for of it; a credit that is taken off is below zero."""

    item: Item
    amount: int
    amount_company: int
    level: int
    is_dunned: bool = False
    date_deadline: date | None = None


@dataclass(frozen=True)
class Outcome:
    """What is done about one customer, plan and currency: a notice with its lines, or the reason why there is none.

    ``amount``: what the notice asks for; without one, what is overdue. ``until``: the last day of the reason.
    """

    partner_id: int
    plan_id: int
    currency_id: int
    amount: int
    amount_company: int
    level_now: int = 0
    level: Level | None = None
    lines: tuple[Line, ...] = ()
    date_deadline: date | None = None
    reason: str = ""
    until: date | None = None


def get_month_end(day: date) -> date:
    """Return the last day of a month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


# -- one item ------------------------------------------------------------------------------------


def get_next(plan: Plan, item: Item, day: date) -> Step:
    """Return what comes next for an item, as if it were the only one of its customer."""
    if item.is_blocked:
        return Step(None, ITEM_BLOCKED)
    if item.amount_held >= item.amount:
        if item.amount_promised:
            return Step(None, PROMISED, item.date_promised)
        return Step(None, DISPUTED)
    level = _get_candidate(plan, item, day)
    if level is None:
        return _get_end(item, day)
    return _wait(plan, level, item, day)


def _get_end(item: Item, day: date) -> Step:
    """Return why an item has no level to come to."""
    if not item.level or item.date_due >= day:
        return Step(None, NOT_YET)
    if item.date_deadline and item.date_deadline >= day:
        return Step(None, DEADLINE, item.date_deadline)
    return Step(None, EXHAUSTED)


def _get_candidate(plan: Plan, item: Item, day: date) -> Level | None:
    """Return the level that an item comes to next, whenever that is."""
    if item.date_due >= day:  # the due day itself is not late
        return plan.reminder if item.level is None else None
    following = plan.get_after(item.level or 0)
    if following or not plan.levels:
        return following
    last = plan.levels[-1]
    return last if last.days_repeat and item.times <= last.repeat_max else None


def _wait(plan: Plan, level: Level, item: Item, day: date) -> Step:
    """Return the level, or what it has to wait for."""
    first = _get_first_day(level, item)
    if first > day:
        return Step(None, NOT_YET, first - ONE_DAY)
    if item.date_deadline and item.date_deadline >= day:
        return Step(None, DEADLINE, item.date_deadline)
    if item.date_last and item.date_last >= day:  # two runs on one day are one
        return Step(None, QUIET, item.date_last)
    quiet = item.date_sent + timedelta(days=plan.days_quiet) if item.date_sent else day
    return Step(None, QUIET, quiet - ONE_DAY) if quiet > day else Step(level)


def _get_first_day(level: Level, item: Item) -> date:
    """Return the first day on which a level may come, deadlines and quiet days apart."""
    if level.timing == BEFORE_DUE:
        return item.date_due - timedelta(days=level.days)
    if item.level and item.level >= level.number:  # the last one, again
        return item.date_last + timedelta(days=level.days_repeat)
    if level.timing == AFTER_NOTICE and item.date_last:
        return item.date_last + timedelta(days=level.days)
    start = get_month_end(item.date_due) if level.timing == AFTER_MONTH_END else item.date_due
    return start + timedelta(days=level.days)


# -- one customer --------------------------------------------------------------------------------


def decide(customer: Customer, items: list[tuple[Item, Plan]], day: date) -> list[Outcome]:
    """Return what is done about a customer on a day: one outcome for each plan and currency in which it is late, or
    reminded before it is.

    :param items: all that is open of it, credits too, each with its plan
    """
    owed, credits = _net(items)
    late = [row for row in owed if row.item.date_due < day]
    is_late = any(row.rest for row in late)
    refusal = get_refusal(customer, day)
    if refusal is None and is_late and not _is_owing(late, credits):
        refusal = Step(None, CREDITED)
    groups = {}
    for row in owed:
        groups.setdefault((row.plan, row.item.currency_id), []).append(row)
    found = []
    for (plan, currency_id), rows in groups.items():
        late_rows = [row for row in rows if row.item.date_due < day]
        group = _Group(customer, plan, currency_id, late_rows or ([] if is_late else rows), credits, day)
        if group.rows and (outcome := group.decide(refusal)):
            found.append(outcome)
    return found


def get_refusal(customer: Customer, day: date) -> Step | None:
    """Return why nobody writes to a customer, whatever it owes; None: nothing speaks against it."""
    if customer.in_proceedings:
        return Step(None, PROCEEDINGS)
    if customer.is_blocked:
        return Step(None, BLOCKED, customer.date_blocked_to)
    if customer.has_unknown:
        return Step(None, UNKNOWN)
    if customer.date_answered_to and customer.date_answered_to >= day:
        return Step(None, ANSWERED, customer.date_answered_to)
    return None


class _Row(NamedTuple):
    """An item that is owed, and what of it is left (``rest``) and may be asked for when the customer's credits have
    taken what they take."""

    item: Item
    plan: Plan
    rest: int
    taken: int  # by credits, of what may be asked for
    asked: int

    @classmethod
    def make(cls, item: Item, plan: Plan, used: int):
        """Return the row of an item of which credits take so much."""
        free = item.amount - item.amount_held
        taken = min(used, free)
        return cls(item, plan, item.amount - used, taken, 0 if item.is_blocked else free - taken)

    def to_company(self, amount: int) -> int:
        """Return an amount of the item in the company's currency, at the rate at which it was booked."""
        return round(self.item.amount_company * amount / self.item.amount)


def _net(items):
    """Return the rows of what is owed, the oldest first, and the credits of each currency, which are taken off it.

    What is not dunned is served last: its credit may be that of another item.
    """
    credits = {}
    for item, _plan in items:
        if item.amount < 0:
            credits.setdefault(item.currency_id, []).append(item)
    left = {currency_id: -sum(item.amount for item in found) for currency_id, found in credits.items()}
    rows = []
    owed = [entry for entry in items if entry[0].amount > 0]
    for item, plan in sorted(owed, key=lambda entry: (entry[0].is_blocked, entry[0].date_due, entry[0].item_id)):
        used = min(left.get(item.currency_id, 0), item.amount)
        left[item.currency_id] = left.get(item.currency_id, 0) - used
        rows.append(_Row.make(item, plan, used))
    return rows, credits


def _is_owing(late, credits):
    """Tell whether something is left of what is late after all credits, of any currency: who owes nothing in total is
    not reminded."""
    credit = sum(item.amount_company for found in credits.values() for item in found)
    return sum(row.item.amount_company for row in late) + credit > 0


class _Group:
    """What a customer owes in one currency and by one plan, and is late, or else comes due."""

    def __init__(self, customer, plan, currency_id, rows, credits, day):
        self.customer, self.plan, self.currency_id = customer, plan, currency_id
        self.rows, self.credits, self.day = rows, credits.get(currency_id, []), day
        self.is_late = any(row.item.date_due < day for row in rows)

    def decide(self, refusal):
        """Return the outcome; None where nothing is late, and nobody is to be reminded."""
        steps = [(row, self._get_step(row)) for row in self.rows]
        going = [(row, step.level) for row, step in steps if step.level]
        if not self.is_late and not going:
            return None
        step = refusal
        if step is None and not going:
            step = next((step for row, step in steps if row.rest), Step(None, CREDITED))
        if step is None:
            top = max((level for _row, level in going), key=lambda level: level.number)
            step = self._get_quiet() or self._get_small(top)
        return self._write(going) if step.level else self._leave_out(step)

    def _get_step(self, row):
        step = get_next(self.plan, row.item, self.day)
        if step.level and row.asked <= 0:
            return Step(None, CREDITED if row.rest <= 0 else DISPUTED)
        return step

    def _get_quiet(self):
        """Return that the customer was written to lately, in this currency."""
        last = self.customer.contacts.get(self.currency_id)
        until = last and last + timedelta(days=max(self.plan.days_quiet, 1)) - ONE_DAY
        return Step(None, QUIET, until) if until and until >= self.day else None

    def _get_small(self, level):
        """Return the level, or that what is asked for is less than its minimum: that of the currency, where it has
        one."""
        least = dict(level.minimums).get(self.currency_id)
        if least is None:
            least, asked = level.amount_min, sum(row.to_company(row.asked) for row in self.rows)
        else:
            asked = sum(row.asked for row in self.rows)
        return Step(None, BELOW_MINIMUM) if asked < least else Step(level)

    def _leave_out(self, step):
        return Outcome(
            self.customer.partner_id, self.plan.plan_id, self.currency_id,
            amount=sum(row.item.amount for row in self.rows),
            amount_company=sum(row.item.amount_company for row in self.rows),
            level_now=self._get_level_now(), reason=step.reason, until=step.until,
        )

    def _get_level_now(self):
        return max((row.item.level or 0 for row in self.rows), default=0)

    def _write(self, going):
        """Return the notice: all that is late is listed, and goes further where its turn has come."""
        levels = {row.item.item_id: level for row, level in going}
        top = max(levels.values(), key=lambda level: level.number)
        deadline = self.day + timedelta(days=top.days_deadline) if top.number else None
        listed = [row for row in self.rows if row.asked + row.taken and not row.item.is_blocked]
        if not top.number:
            listed = [row for row in listed if row.item.item_id in levels]
        lines = [self._make_line(row, levels.get(row.item.item_id), deadline) for row in listed]
        lines += self._take_credits(sum(row.taken for row in listed))
        return Outcome(
            self.customer.partner_id, self.plan.plan_id, self.currency_id,
            amount=sum(line.amount for line in lines), amount_company=sum(line.amount_company for line in lines),
            level_now=self._get_level_now(), level=top, lines=tuple(lines), date_deadline=deadline,
        )

    def _make_line(self, row, level, deadline):
        amount = row.asked + row.taken
        return Line(
            row.item, amount, row.to_company(amount), level.number if level else row.item.level or 0,
            is_dunned=bool(level), date_deadline=deadline if level else row.item.date_deadline,
        )

    def _take_credits(self, amount):
        """Return a line for each credit that is taken off, the oldest first."""
        lines = []
        for credit in sorted(self.credits, key=lambda credit: (credit.date_due, credit.item_id)):
            used = min(amount, -credit.amount)
            if used > 0:
                lines.append(Line(credit, -used, -round(credit.amount_company * used / credit.amount), 0))
            amount -= used
        return lines
