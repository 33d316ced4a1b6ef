"""Formulas of own factors see figures, and nothing else."""

import pytest

from credit_management.engine.formula import LONGEST, defect, names_of

NAMES = ("dso", "turnover")


@pytest.mark.parametrize(
    "formula", ["dso", "-dso / 2 + turnover * 0.5", "max(dso, 10)", "1 if dso > 3 and turnover >= 2 else 0", " dso ",
                "round(dso)", "round(dso / 3, 2)", "abs(min(dso, turnover))"]
)
def test_arithmetic_over_figures_is_a_formula(formula):
    assert defect(formula, NAMES) is None


@pytest.mark.parametrize(
    ("formula", "wrong"),
    [
        ("dso.__class__", "dso.__class__"), ("9 ** 9 ** 9", "9 ** 9 ** 9"), ("'a' * 9", "'a'"),
        ("[dso for x in (1, 2)]", "[dso for x in (1, 2)]"), ("open('x')", "open('x')"), ("env", "env"),
        ("max(dso, key=abs)", "max(dso, key=abs)"), ("dso +", "dso +"), ("", "–"), ("lambda: 1", "lambda: 1"),
        ("round(1, -999999999)", "round(1, -999999999)"), ("round(dso, turnover)", "round(dso, turnover)"),
        ("round(dso, 10)", "round(dso, 10)"), ("round(dso, True)", "round(dso, True)"), ("abs", "abs"),
        ("max(abs, dso)", "abs"), ("dso + round", "round"), ("turnover(dso)", "turnover(dso)"),
        ("True", "True"), ("(dso := 1)", "(dso := 1)"), ("dso // 2 % 3", "dso // 2 % 3"),
    ],
)
def test_anything_else_is_refused_and_named(formula, wrong):
    assert defect(formula, NAMES) == wrong


def test_a_formula_is_short():
    assert defect("1 + " * LONGEST + "1", NAMES) == "1 + 1 + 1 + 1 + 1 + …"


def test_the_figures_that_a_formula_names():
    assert names_of("min(dso, 3) / turnover") == {"dso", "turnover"}
