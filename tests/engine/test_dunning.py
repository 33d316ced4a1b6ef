"""Which notice of an item comes next, and why nobody writes: at the days on which it turns."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_management.engine.dunning import (
    AFTER_DUE,
    AFTER_MONTH_END,
    AFTER_NOTICE,
    ANSWERED,
    BEFORE_DUE,
    BELOW_MINIMUM,
    BLOCKED,
    CREDITED,
    DEADLINE,
    DISPUTED,
    EXHAUSTED,
    ITEM_BLOCKED,
    NOT_YET,
    PROCEEDINGS,
    PROMISED,
    QUIET,
    UNKNOWN,
    Customer,
    Item,
    Level,
    Plan,
    decide,
    get_next,
    get_refusal,
)

EUR, JPY = 1, 2
FIRST = Level(1, AFTER_DUE, 5, days_deadline=0)
SECOND = Level(2, AFTER_DUE, 12)
THIRD = Level(3, AFTER_DUE, 20, days_deadline=7, days_repeat=10, repeat_max=2)
PLAN = Plan(1, (FIRST, SECOND, THIRD))
DUE = date(2026, 3, 1)


def item(amount=100_00, number=1, due=DUE, **values):
    values = {"amount_company": amount, "currency_id": EUR, **values}
    return Item(number, due, amount, **values)


def said(level, day, **values):
    return {"level": level, "date_last": day, "times": 1, **values}


@pytest.mark.parametrize(
    ("values", "day", "level", "reason"),
    [
        ({}, date(2026, 3, 1), None, NOT_YET),  # the due day itself
        ({}, date(2026, 3, 5), None, NOT_YET),
        ({}, date(2026, 3, 6), 1, ""),
        ({}, date(2026, 3, 21), 1, ""),  # late for the plan: it begins at the beginning
        (said(1, date(2026, 3, 6)), date(2026, 3, 12), None, NOT_YET),
        (said(1, date(2026, 3, 6)), date(2026, 3, 13), 2, ""),
        (said(1, date(2026, 3, 30)), date(2026, 3, 30), None, QUIET),  # not two on one day
        (said(1, date(2026, 3, 6), date_deadline=date(2026, 3, 20)), date(2026, 3, 20), None, DEADLINE),
        (said(1, date(2026, 3, 6), date_deadline=date(2026, 3, 20)), date(2026, 3, 21), 2, ""),
        (said(3, date(2026, 3, 21)), date(2026, 3, 30), None, NOT_YET),
        (said(3, date(2026, 3, 21)), date(2026, 3, 31), 3, ""),  # the last one, every 10 days
        (said(3, date(2026, 4, 10), times=3), date(2026, 4, 20), None, EXHAUSTED),  # at most twice more
        ({"is_blocked": True}, date(2026, 3, 6), None, ITEM_BLOCKED),
        ({"amount_disputed": 100_00}, date(2026, 3, 6), None, DISPUTED),
        ({"amount_disputed": 99_99}, date(2026, 3, 6), 1, ""),
        ({"amount_promised": 100_00}, date(2026, 3, 6), None, PROMISED),
        ({"date_sent": date(2026, 3, 6)}, date(2026, 3, 6), 1, ""),
    ],
)
def test_an_item_comes_to_its_next_level_when_its_turn_has_come(values, day, level, reason):
    step = get_next(PLAN, item(**values), day)
    assert (step.level and step.level.number, step.reason) == (level, reason)


def test_sending_the_invoice_starts_the_quiet_days():
    plan = Plan(1, (FIRST,), days_quiet=3)
    sent = item(date_sent=date(2026, 3, 5))
    assert get_next(plan, sent, date(2026, 3, 7)) == (None, QUIET, date(2026, 3, 7))
    assert get_next(plan, sent, date(2026, 3, 8)).level == FIRST


@pytest.mark.parametrize(
    ("level", "values", "first"),
    [
        (Level(1, AFTER_MONTH_END, 10), {}, date(2026, 4, 10)),
        (Level(2, AFTER_NOTICE, 14), said(1, date(2026, 3, 10)), date(2026, 3, 24)),
    ],
)
def test_days_are_counted_from_the_end_of_the_month_or_from_the_notice_before(level, values, first):
    plan = Plan(1, (level,))
    assert get_next(plan, item(**values), first - timedelta(days=1)).reason == NOT_YET
    assert get_next(plan, item(**values), first).level == level


def test_a_reminder_before_the_due_date_comes_once_and_only_if_nothing_is_overdue():
    reminder = Level(0, BEFORE_DUE, 3)
    plan = Plan(1, (FIRST,), reminder=reminder)
    day = date(2026, 2, 26)
    assert get_next(plan, item(), day - timedelta(days=1)).reason == NOT_YET
    [outcome] = decide(Customer(1), [(item(), plan)], day)
    assert (outcome.level.number, outcome.amount, outcome.date_deadline) == (0, 100_00, None)
    assert decide(Customer(1), [(item(level=0, date_last=day), plan)], day + timedelta(days=1)) == []
    older = item(number=2, due=date(2026, 2, 25))
    [outcome] = decide(Customer(1), [(item(), plan), (older, plan)], day)
    assert outcome.reason == NOT_YET


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"in_proceedings": True}, PROCEEDINGS),
        ({"is_blocked": True}, BLOCKED),
        ({"has_unknown": True}, UNKNOWN),
        ({"date_answered_to": date(2026, 3, 6)}, ANSWERED),
        ({"date_answered_to": date(2026, 3, 5)}, None),
    ],
)
def test_nobody_writes_to_some_customers(values, reason):
    step = get_refusal(Customer(1, **values), date(2026, 3, 6))
    assert (step and step.reason) == reason
    [outcome] = decide(Customer(1, **values), [(item(), PLAN)], date(2026, 3, 6))
    assert outcome.reason == (reason or "")


def test_a_customer_is_left_in_peace_between_two_notices():
    plan = Plan(1, (FIRST,), days_quiet=3)
    customer = Customer(1, contacts={EUR: date(2026, 3, 6)})
    [outcome] = decide(customer, [(item(), plan)], date(2026, 3, 8))
    assert (outcome.reason, outcome.until) == (QUIET, date(2026, 3, 8))
    assert decide(customer, [(item(), plan)], date(2026, 3, 9))[0].level == FIRST


def test_the_oldest_item_sets_the_level_and_a_late_entrant_keeps_its_own():
    """C17, on one notice: A goes to level 2, B to level 1, C is listed and stays where it is."""
    day = date(2026, 3, 13)
    a = item(number=1, **said(1, date(2026, 3, 6)))
    b, c = item(50_00, 2, due=date(2026, 3, 8)), item(30_00, 3, due=date(2026, 3, 12))
    [notice] = decide(Customer(1), [(a, PLAN), (b, PLAN), (c, PLAN)], day)
    assert (notice.level.number, notice.amount) == (2, 180_00)
    assert [(line.item.item_id, line.level, line.is_dunned) for line in notice.lines] == [
        (1, 2, True), (2, 1, True), (3, 0, False)
    ]


@pytest.mark.parametrize(
    ("credit", "asked", "reason"), [(250_00, None, CREDITED), (200_00, None, CREDITED), (120_00, 80_00, "")]
)
def test_a_credit_is_taken_off_before_anything_is_asked_for(credit, asked, reason):
    """C20."""
    items = [(item(200_00), PLAN), (item(-credit, 2), PLAN)]
    [outcome] = decide(Customer(1), items, date(2026, 3, 6))
    assert outcome.reason == reason
    if asked:
        assert outcome.amount == asked
        assert [line.amount for line in outcome.lines] == [200_00, -120_00]


def test_who_owes_nothing_in_all_currencies_together_is_not_reminded():
    credit = item(-20_000, 2, amount_company=-125_00, currency_id=JPY)
    [outcome] = decide(Customer(1), [(item(), PLAN), (credit, PLAN)], date(2026, 3, 6))
    assert outcome.reason == CREDITED


def test_each_currency_has_its_own_notice():
    yen = item(16_000, 2, amount_company=100_00, currency_id=JPY)
    found = decide(Customer(1), [(item(), PLAN), (yen, PLAN)], date(2026, 3, 6))
    assert [(outcome.currency_id, outcome.amount) for outcome in found] == [(EUR, 100_00), (JPY, 16_000)]


def test_what_is_disputed_is_not_asked_for_and_the_rest_is():
    [notice] = decide(Customer(1), [(item(amount_disputed=40_00), PLAN)], date(2026, 3, 6))
    assert (notice.amount, notice.lines[0].amount) == (60_00, 60_00)


@pytest.mark.parametrize(("amount", "company", "reason"), [
    (7_900, 49_38, BELOW_MINIMUM), (8_000, 50_00, ""),  # 1 EUR = 160 JPY
    (43_99, 49_99, BELOW_MINIMUM), (44_00, 50_00, ""),  # 1 EUR = 0.88 GBP
])
def test_a_minimum_is_compared_in_the_currency_of_the_company(amount, company, reason):
    """C19."""
    plan = Plan(1, (FIRST._replace(amount_min=50_00),))
    [outcome] = decide(Customer(1), [(item(amount, amount_company=company, currency_id=JPY), plan)], date(2026, 3, 6))
    assert outcome.reason == reason


amounts = st.integers(1, 500_00)
dues = st.integers(0, 60).map(lambda days: DUE + timedelta(days=days))


@given(
    st.lists(st.tuples(amounts, dues, st.integers(0, 300_00)), min_size=1, max_size=6), st.lists(amounts, max_size=3)
)
def test_a_notice_adds_up_and_never_asks_for_more_than_is_owed(owed, credits):
    items = [
        (item(amount, number, due, amount_disputed=min(held, amount)), PLAN)
        for number, (amount, due, held) in enumerate(owed)
    ]
    items += [(item(-amount, 100 + number), PLAN) for number, amount in enumerate(credits)]
    day = DUE + timedelta(days=40)
    late = sum(amount for amount, due, _held in owed if due < day)
    for outcome in decide(Customer(1), items, day):
        if outcome.level:
            assert outcome.amount == sum(line.amount for line in outcome.lines)
            assert 0 < outcome.amount <= late - sum(credits)
        else:
            assert outcome.reason and not outcome.lines


@pytest.mark.parametrize(("amount", "reason"), [(9_999, BELOW_MINIMUM), (10_000, "")])
def test_a_currency_with_a_minimum_of_its_own_asks_no_rate(amount, reason):
    plan = Plan(1, (FIRST._replace(amount_min=1_00, minimums=((JPY, 10_000),)),))
    [outcome] = decide(Customer(7), [(item(amount, currency_id=JPY, amount_company=50_00), plan)], date(2026, 3, 6))
    assert outcome.reason == reason
