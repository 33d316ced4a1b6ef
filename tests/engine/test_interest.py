"""Late-payment interest, case by case; the figures are worked out by hand."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_management.engine.interest import (
    FIRST_DAY,
    LAST_DAY,
    ORDERS,
    Debt,
    Rate,
    Terms,
    impute,
    interest,
    interest_since,
    reckon,
    settle,
)

CENT = 0.01


def terms(percent, **values):
    return Terms((Rate(date(2020, 1, 1), percent),), **values)


def two_rates(before, after, change, **values):
    return Terms((Rate(date(2020, 1, 1), before), Rate(change, after)), **values)


def test_c11_each_part_payment_lowers_the_base_from_the_next_day():
    paid = ((date(2026, 2, 28), 400), (date(2026, 3, 31), 300), (date(2026, 4, 30), 300))
    debt = Debt(1000, date(2026, 1, 31), paid)
    assert interest(terms(9.0), debt, date(2026, 6, 30), CENT) == 13.71
    assert [(s.days, s.base) for s in reckon(terms(9.0), debt, date(2026, 6, 30))] == [(28, 1000), (31, 600), (30, 300)]


@pytest.mark.parametrize(("method", "expected"), [("split", 129.25), (FIRST_DAY, 137.47), (LAST_DAY, 125.14)])
def test_c12_three_national_readings_of_a_rate_change(method, expected):
    debt = Debt(5000, date(2025, 5, 31), ((date(2025, 8, 29), 5000),))
    rates = two_rates(11.15, 10.15, date(2025, 7, 1), method=method)
    assert interest(rates, debt, date(2025, 12, 31), CENT) == expected


def test_the_example_of_the_european_directive():
    debt = Debt(12000, date(2026, 3, 15), ((date(2026, 8, 20), 12000),))
    rates = two_rates(10.15, 10.40, date(2026, 7, 1))
    assert [round(float(s.amount), 2) for s in reckon(rates, debt, date(2026, 12, 31))] == [357.06, 174.38]
    assert interest(rates, debt, date(2026, 12, 31), CENT) == 531.44


def test_the_british_rate_is_that_of_the_first_day():
    rates = two_rates(12.75, 12.25, date(2025, 7, 1), method=FIRST_DAY)
    assert interest(rates, Debt(10000, date(2025, 5, 31)), date(2025, 8, 29), CENT) == 314.38


def test_one_and_a_half_times_the_chinese_loan_prime_rate():
    assert interest(terms(4.5), Debt(100000, date(2026, 1, 31)), date(2026, 5, 1), CENT) == 1109.59


def test_c13_no_day_is_claimed_twice():
    debt = Debt(2000, date(2026, 2, 28))
    assert interest_since(terms(8.0), debt, date(2026, 3, 31), 0.0, CENT) == 13.59
    assert interest_since(terms(8.0), debt, date(2026, 4, 30), 13.59, CENT) == 13.15


def test_what_is_booked_late_is_not_claimed_again_and_not_given_back():
    paid_in_march = Debt(2000, date(2026, 2, 28), ((date(2026, 3, 10), 2000),))  # 10 days: 4.38
    assert interest_since(terms(8.0), paid_in_march, date(2026, 4, 30), 13.59, CENT) == 0.0


def test_five_in_ten_thousand_for_each_day_never_goes_through_a_year():
    daily = Terms((Rate(date(2020, 1, 1), 0.05, is_daily=True),), basis="360")
    assert interest(daily, Debt(10000, date(2026, 1, 31)), date(2026, 2, 20), CENT) == 100.00


def test_the_rejected_dispute_of_61_days():
    assert interest(terms(10.15), Debt(5000, date(2026, 3, 31)), date(2026, 5, 31), CENT) == 84.82


@pytest.mark.parametrize(("basis", "expected"), [("365", 3660.00), ("360", 3710.83), ("actual", 3650.00)])
def test_a_leap_year_by_the_days_of_the_year(basis, expected):
    """365 days of 36,600 at 10 %, all of them in 2024, which has 366."""
    assert interest(terms(10.0, basis=basis), Debt(36600, date(2024, 1, 1)), date(2024, 12, 31), CENT) == expected


def test_actual_days_over_the_turn_of_the_year():
    """10 % of 133,590 is 13,359: a 366th of it on 31 December 2024 (36.50), a 365th on 1 January 2025 (36.60)."""
    assert interest(terms(10.0, basis="actual"), Debt(365 * 366, date(2024, 12, 30)), date(2025, 1, 1), CENT) == 73.10


@pytest.mark.parametrize(("until", "expected"), [(31, 0.0), (32, 0.25), (33, 0.49)])
def test_the_due_day_itself_is_free_and_so_is_each_day_that_is_granted(until, expected):
    day = date(2026, 1, 1) + timedelta(days=until + 4)  # 5 days are free: due 31 January, first day 6 February
    assert interest(terms(9.0, days_free=5), Debt(1000, date(2026, 1, 31)), day, CENT) == expected


def test_nothing_before_the_first_rate():
    rates = Terms((Rate(date(2026, 3, 1), 9.0),))
    assert interest(rates, Debt(1000, date(2026, 1, 31)), date(2026, 3, 10), CENT) == 2.47  # 10 days, not 38


def test_a_currency_without_decimals_and_one_with_three():
    assert interest(terms(9.0), Debt(100000, date(2026, 1, 31)), date(2026, 2, 28), 1.0) == 690.0  # 690.41
    assert interest(terms(9.0), Debt(100, date(2026, 1, 31)), date(2026, 2, 28), 0.001) == 0.69


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("costs", {"costs": 0, "interest": 0, "principal": 45.25}),
        ("principal", {"costs": 5, "interest": 0.25, "principal": 40}),
    ],
)
def test_c14_what_a_payment_settles_first(order, expected):
    assert settle(60.0, {"costs": 5.0, "interest": 0.25, "principal": 100.0}, ORDERS[order], CENT) == expected


def test_c14_what_is_left_over_settles_nothing():
    assert settle(200.0, {"principal": 100.0}, ORDERS["costs"], CENT) == {"principal": 0.0}


TWO_CENTS_A_DAY = 7.3  # of 100: 0.0002 of the base each day


def on(day):
    return date(2026, 1, 31) + timedelta(days=day)


@pytest.mark.parametrize(
    ("order", "costs", "base", "expected"),
    [
        ("principal", (), 500, 15.00),  # 50 days of 1,000: 10.00; 50 days of 500: 5.00
        ("costs", (), 510, 15.10),  # 10.00 of the 500 settle the interest
        ("costs", ((20, 40.0),), 550, 15.50),  # and 40.00 the costs
        ("costs", ((51, 40.0),), 510, 15.10),  # costs that came later
        ("principal", ((20, 40.0),), 500, 15.00),
    ],
)
def test_a_part_payment_lowers_the_base_by_what_costs_and_interest_leave(order, costs, base, expected):
    """1,000, of which 500 are paid after 50 days."""
    debt = Debt(1000.0, on(0), ((on(50), 500.0),))
    costs = [(on(day), amount) for day, amount in costs]
    imputed = impute(terms(TWO_CENTS_A_DAY), debt, order, CENT, costs)
    assert reckon(terms(TWO_CENTS_A_DAY), imputed, on(100))[-1].base == base
    assert interest(terms(TWO_CENTS_A_DAY), imputed, on(100), CENT) == expected


def test_claims_that_were_paid_besides_leave_a_payment_to_the_principal():
    """The 500 were booked as 450 on the invoice, and 50 on the claims of 40 and 10."""
    debt = Debt(1000.0, on(0), ((on(50), 450.0),))
    imputed = impute(terms(TWO_CENTS_A_DAY), debt, "costs", CENT, [(on(20), 40.0)], [(on(50), 40.0), (on(50), 10.0)])
    assert interest(terms(TWO_CENTS_A_DAY), imputed, on(100), CENT) == 15.50


@pytest.mark.parametrize(
    ("payments", "waived", "base"),
    [
        ((), 10.0, 500),  # 10.00 were claimed of 1,000; since the credit note 5.00 of 500 have arisen: no money came
        (((50, 205.0),), 5.06, 295),  # 5.00 of the 205 were spent on interest, and are principal now; day 51 bears 0.06
        (((50, 205.0),), 10.0, 295),  # and no more than these
        (((50, 200.0),), 0.0, 305),
    ],
)
def test_what_is_waived_lowers_the_principal_by_what_payments_have_spent_on_it(payments, waived, base):
    debt = Debt(500.0, on(0), tuple((on(day), paid) for day, paid in payments))
    imputed = impute(terms(TWO_CENTS_A_DAY), debt, "costs", CENT, waived=[(on(51), waived)] if waived else [])
    assert reckon(terms(TWO_CENTS_A_DAY), imputed, on(100))[-1].base == base


def test_what_settles_the_whole_invoice_ends_its_interest():
    debt = Debt(1000.0, on(0), ((on(50), 500.0), (on(100), 500.0)))
    assert interest(terms(TWO_CENTS_A_DAY), impute(terms(TWO_CENTS_A_DAY), debt, "costs", CENT), on(300), CENT) == 15.10


def test_what_was_paid_before_the_debt_was_due_is_all_principal():
    debt = Debt(1000.0, on(0), ((on(-10), 500.0),))
    assert impute(terms(TWO_CENTS_A_DAY), debt, "costs", CENT) == debt


days = st.integers(1, 400)


@given(
    st.integers(100, 100_000), st.lists(st.tuples(days, st.integers(1, 5_000)), max_size=5),
    st.lists(st.tuples(days, st.integers(1, 5_000)), max_size=2), days, st.integers(1, 300),
)
def test_costs_and_interest_first_day_by_day(cents, payments, costs, change, until):
    """The slow way: a day bears interest on what is open; in the evening money settles costs, interest, principal."""
    payments = sorted(payments)[: _count_below(sorted(payments), cents)]
    rates = two_rates(9.0, 11.15, on(change))
    debt = Debt(cents / 100, on(0), tuple((on(day), paid / 100) for day, paid in payments))
    imputed = impute(rates, debt, "costs", CENT, [(on(day), cost / 100) for day, cost in costs])
    principal, accrued, settled, spent = Fraction(cents), Fraction(0), 0, 0
    for day in range(1, until + 1):
        accrued += principal * Fraction("11.15" if day >= change else "9.0") / 36500
        for money in (money for paid_on, money in payments if paid_on == day):
            for_costs = min(money, sum(cost for arisen, cost in costs if arisen <= day) - spent)
            for_interest = min(money - for_costs, int(accrued + Fraction(1, 2)) - settled)
            spent, settled = spent + for_costs, settled + for_interest
            principal -= min(money - for_costs - for_interest, principal)
    assert interest(rates, imputed, on(until), CENT) == round(int(accrued + Fraction(1, 2)) / 100, 2)
    assert interest(rates, imputed, on(until), CENT) >= interest(rates, debt, on(until), CENT)


def _count_below(payments, cents):
    """Return how many payments leave something of a debt open: the one that settles it ends its interest."""
    total = 0
    for number, (_day, paid) in enumerate(payments):
        total += paid
        if total >= cents:
            return number
    return len(payments)


@given(st.integers(1, 100_000), st.lists(st.tuples(days, st.integers(1, 5_000)), max_size=5), days, st.integers(1, 300))
def test_day_by_day_is_the_same(cents, payments, change, until):
    """The slow, obvious way: each day, what is open at its beginning, at the rate of the day."""
    due, amount = date(2026, 1, 31), cents / 100
    paid = tuple((due + timedelta(days=day), paid / 100) for day, paid in payments)
    rates = two_rates(9.0, 11.15, due + timedelta(days=change))
    slow = 0.0
    for number in range(1, until + 1):
        day = due + timedelta(days=number)
        base = amount - sum(money for paid_on, money in paid if paid_on < day)
        slow += max(base, 0) * (11.15 if number >= change else 9.0) / 36500
    assert abs(interest(rates, Debt(amount, due, paid), due + timedelta(days=until), CENT) - slow) <= 0.00501
