"""Formulas of own factors: arithmetic over named figures, and nothing else."""

import ast
from collections.abc import Collection

FUNCTIONS = frozenset({"abs", "min", "max", "round"})
DIGITS = range(10)  # what may be rounded to: round(1, -999999999) never ends
LONGEST = 500  # characters; a formula that nobody reads explains nothing
# no powers: 9 ** 9 ** 9 never ends
ALLOWED = (
    ast.Expression, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.UnaryOp, ast.USub, ast.UAdd, ast.Not,
    ast.Compare, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.BoolOp, ast.And, ast.Or, ast.IfExp,
    ast.Name, ast.Load,
)


def names_of(formula: str) -> frozenset[str]:
    """Return the figures that a formula names.

    >>> sorted(names_of("max(turnover, 1) / days_late if days_late > 0 else 0"))
    ['days_late', 'turnover']
    """
    nodes = ast.walk(ast.parse(formula.strip(), mode="eval"))
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name)) - FUNCTIONS


def defect(formula: str, names: Collection[str]) -> str | None:
    """Return the part of a formula that is not allowed, or None.

    :param names: the figures that it may name

    >>> defect("dso / 2", ["dso"]), defect("dso.real", ["dso"]), defect("2 ** 9", []), defect("age", ["dso"])
    (None, 'dso.real', '2 ** 9', 'age')
    """
    if len(formula) > LONGEST:
        return formula[:20] + "…"
    try:
        tree = ast.parse(formula.strip(), mode="eval")
    except (SyntaxError, ValueError):
        return formula.strip() or "–"
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    wrong = next((node for node in ast.walk(tree) if not _is_allowed(node, names) and id(node) not in called), None)
    return ast.unparse(wrong) if isinstance(wrong, ast.expr) else wrong and formula.strip()


def _is_allowed(node, names):
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    if isinstance(node, ast.Call):
        is_known = isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS
        return is_known and not node.keywords and (node.func.id != "round" or _is_rounding(node))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        return False
    if isinstance(node, ast.Name):
        return node.id in names
    return isinstance(node, ALLOWED)


def _is_rounding(node):
    """Tell whether a call of ``round`` names its digits, if at all, as a number that is one."""
    digits = node.args[1:]
    return not digits or (
        len(digits) == 1 and isinstance(digits[0], ast.Constant) and type(digits[0].value) is int
        and digits[0].value in DIGITS
    )
