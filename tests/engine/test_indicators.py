"""The payment index."""

import pytest

from credit_management.engine.indicators import index_of_lateness, payment_index


@pytest.mark.parametrize(
    ("days", "index"),
    [
        (-45, 100), (-30, 100), (-25, 95), (-20, 90), (-10, 85), (0, 80), (15, 70), (22, 60),
        (30, 50), (45, 45), (60, 40), (90, 30), (120, 20), (121, 0), (400, 0),
    ],
)
def test_lateness_is_worth_what_the_table_says(days, index):
    assert index_of_lateness(days) == index


def test_the_index_is_weighed_by_amount():
    assert payment_index([(0, 100_000), (15, 50_000), (30, 50_000)], settled_count=3) == 70


@pytest.mark.parametrize(("settled", "index"), [(2, None), (3, 80)])
def test_below_three_settled_invoices_there_is_none(settled, index):
    assert payment_index([(0, 500)], settled_count=settled) == index


def test_what_is_overdue_now_pulls_a_good_history_down():
    assert payment_index([(0, 300), (60, 300)], settled_count=3) == 60


def test_c03_what_is_open_and_late_counts_at_the_lateness_of_today():
    """(500 × 80 + 300 × 45 + 200 × 85) ÷ 1,000; then 1,000 at 26.67, 100 days late."""
    settled = [(0, 500), (45, 300), (-10, 200)]
    assert payment_index(settled, settled_count=3) == pytest.approx(70.50)
    assert round(payment_index([*settled, (100, 1000)], settled_count=3), 2) == 48.58
