"""Money is compared at the rounding of its currency."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_management.engine.money import is_above, is_at_least


@pytest.mark.parametrize(
    ("amount", "threshold", "rounding", "above", "at_least"),
    [
        (99.99, 100.0, 0.01, False, False),
        (100.0, 100.0, 0.01, False, True),
        (100.01, 100.0, 0.01, True, True),
        (1.1 + 2.2, 3.3, 0.01, False, True),
        (1000.4, 1000.0, 1.0, False, True),
        (1001.0, 1000.0, 1.0, True, True),
        (10.05, 10.0, 0.05, True, True),
        (1.0001, 1.0, 0.001, False, True),
        (1.001, 1.0, 0.001, True, True),
        (12345678901.01, 12345678901.0, 0.01, True, True),
    ],
)
def test_amounts_differ_from_one_unit_on(amount, threshold, rounding, above, at_least):
    assert is_above(amount, threshold, rounding) is above
    assert is_at_least(amount, threshold, rounding) is at_least


@given(st.lists(st.integers(-(10**7), 10**7), max_size=20))
def test_adding_floats_in_any_order_never_turns_a_sum_into_more(cents):
    one = sum(cent / 100 for cent in cents)
    other = sum(cent / 100 for cent in reversed(cents))
    assert not is_above(one, other, 0.01)
    assert is_at_least(one, sum(cents) / 100, 0.01)
