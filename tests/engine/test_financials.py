"""Ratios of financial statements and Altman's Z″; the figures are worked out by hand."""

import pytest

from credit_management.engine.financials import Financials, altman, difference, ratio, ratios

GREY = {"assets": 2000, "assets_current": 800, "liabilities": 1300, "liabilities_current": 500, "equity": 700,
        "retained_earnings": 300, "ebit": 160}


def test_altman_of_the_worked_figures_is_grey():
    """0.984 + 0.489 + 0.5376 + 0.5654 (6.56 × 300 ÷ 2,000, 3.26 × 300 ÷ 2,000, …)."""
    found = altman(Financials(**GREY))
    assert round(found.value, 2) == 2.58
    assert found.zone == "grey"
    assert {name: round(term, 4) for name, term in found.terms.items()} == {
        "working_capital": 0.984, "retained_earnings": 0.489, "ebit": 0.5376, "equity": 0.5654,
    }
    assert found.negative == ()


def test_c04_negative_terms_stay_negative():
    found = altman(Financials(assets=1000, assets_current=300, liabilities=1100, liabilities_current=450, equity=-100,
                            retained_earnings=-200, ebit=-50))
    assert round(found.value, 2) == -2.07
    assert found.zone == "distress"
    assert found.negative == ("working_capital", "retained_earnings", "ebit", "equity")


@pytest.mark.parametrize("name", list(GREY))
def test_there_is_no_score_without_one_of_its_amounts_and_it_says_which(name):
    found = altman(Financials(**GREY | {name: None}))
    assert (found.value, found.zone, found.reason, found.of) == (None, "", "missing", (name,))


@pytest.mark.parametrize(("assets", "reason"), [(0, "zero"), (-5, "negative")])
def test_there_is_no_score_without_assets(assets, reason):
    found = altman(Financials(**GREY | {"assets": assets}))
    assert (found.value, found.zone, found.reason, found.of) == (None, "", reason, ("assets",))


def test_who_owes_nothing_is_safe_without_a_figure():
    found = altman(Financials(**GREY | {"liabilities": 0, "equity": 2000}))
    assert (found.value, found.zone, found.reason) == (None, "safe", "no_liabilities")


@pytest.mark.parametrize(
    ("ebit", "shown", "zone"),
    [
        (167.1, 2.60, "grey"),  # 2.0385 + 6.72 × 0.08355 = 2.60
        (170.3, 2.61, "safe"),
        (-279.3, 1.10, "grey"),  # 2.0385 − 6.72 × 0.13965 = 1.10
        (-282.3, 1.09, "distress"),
    ],
)
def test_the_zone_is_that_of_the_figure_on_the_screen(ebit, shown, zone):
    found = altman(Financials(**GREY | {"ebit": ebit}))
    assert (round(found.value, 2), found.zone) == (shown, zone)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("current", 1.6),  # 800 ÷ 500
        ("quick", 1.2),  # (800 − 200) ÷ 500
        ("equity_share", 35.0),  # 700 ÷ 2,000
        ("debt_to_equity", 1.857),  # 1,300 ÷ 700
        ("profit_on_sales", 3.0),  # 90 ÷ 3,000
        ("return_on_assets", 8.0),  # 160 ÷ 2,000
        ("interest_cover", 4.0),  # 160 ÷ 40
        ("cash_flow_to_debt", 10.0),  # 130 ÷ 1,300
        ("days_receivables", 36.5),  # 300 × 365 ÷ 3,000
    ],
)
def test_each_ratio_of_a_year(key, value):
    financials = Financials(**GREY, inventories=200, receivables=300, sales=3000, interest=40, profit=90, cash_flow=130)
    assert round(ratio(financials, key).value, 3) == value


def test_a_ratio_without_its_amounts_says_which_are_missing():
    assert ratio(Financials(assets_current=800), "quick").of == ("inventories", "liabilities_current")
    assert all(found.value is None and found.reason == "missing" for found in ratios(Financials()))


def test_nothing_is_divided_by_zero_and_nothing_by_less():
    assert ratio(Financials(ebit=10, interest=0), "interest_cover").reason == "zero"
    assert ratio(Financials(liabilities=10, equity=-5), "debt_to_equity").reason == "negative"


def test_a_loss_is_a_figure():
    assert ratio(Financials(profit=-30, sales=1000), "profit_on_sales").value == -3.0


@pytest.mark.parametrize(
    ("equity", "expected"), [(700, 0), (701, -1), (None, None)]
)
def test_assets_are_equity_and_liabilities(equity, expected):
    assert difference(Financials(assets=2000, liabilities=1300, equity=equity)) == expected
