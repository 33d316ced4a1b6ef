"""Financial statements of a customer (财务报表): whether they balance, ratios, and Altman's Z″.

An amount that nobody entered is ``None``: it is never 0, and what needs it has no answer and says which one is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

MISSING = "missing"  # an amount was not entered
ZERO = "zero"  # what would be divided by is 0
NEGATIVE = "negative"  # what would be divided by is below 0, and the quotient would mean nothing
NO_LIABILITIES = "no_liabilities"  # a note, not a lack: nothing is owed

SAFE, GREY, DISTRESS = "safe", "grey", "distress"
Z_SAFE_ABOVE, Z_DISTRESS_BELOW = 2.6, 1.1
Z_WEIGHTS = {"working_capital": 6.56, "retained_earnings": 3.26, "ebit": 6.72, "equity": 1.05}


@dataclass(frozen=True)
class Financials:
    """The amounts of one year, in one currency; ``None`` where nobody entered one."""

    assets: float | None = None
    assets_current: float | None = None
    inventories: float | None = None
    receivables: float | None = None
    liabilities: float | None = None
    liabilities_current: float | None = None
    equity: float | None = None
    retained_earnings: float | None = None
    sales: float | None = None
    ebit: float | None = None
    interest: float | None = None
    profit: float | None = None
    cash_flow: float | None = None

    @property
    def working_capital(self) -> float | None:
        """Return the net current assets."""
        if self.assets_current is None or self.liabilities_current is None:
            return None
        return self.assets_current - self.liabilities_current

    def missing(self, *names: str) -> tuple[str, ...]:
        """Return which of the amounts were not entered."""
        return tuple(name for name in names if getattr(self, name) is None)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of all amounts."""
        return tuple(field.name for field in fields(cls))


@dataclass(frozen=True)
class Ratio:
    """A quotient, or why there is none: ``reason``, and of which amounts."""

    key: str
    value: float | None = None
    reason: str = ""
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Altman:
    """Altman's Z″ with its four terms, or why there is none.

    ``zone`` is known without a figure where nothing is owed. ``negative`` names the terms that pull it below 0: they
    stay negative, which is the point of them.
    """

    value: float | None = None
    zone: str = ""
    terms: Mapping[str, float] | None = None
    reason: str = ""
    of: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()


# ratio → what is divided, by what, times what
RATIOS = {
    "current": (("assets_current",), "liabilities_current", 1),
    "quick": (("assets_current", "-inventories"), "liabilities_current", 1),
    "equity_share": (("equity",), "assets", 100),
    "debt_to_equity": (("liabilities",), "equity", 1),
    "profit_on_sales": (("profit",), "sales", 100),
    "return_on_assets": (("ebit",), "assets", 100),
    "interest_cover": (("ebit",), "interest", 1),
    "cash_flow_to_debt": (("cash_flow",), "liabilities", 100),
    "days_receivables": (("receivables",), "sales", 365),
}


def difference(financials: Financials) -> float | None:
    """Return by how much assets exceed equity and liabilities: 0 where they balance.

    >>> difference(Financials(assets=1000, equity=-100, liabilities=1100))
    0
    """
    if financials.missing("assets", "equity", "liabilities"):
        return None
    return financials.assets - financials.equity - financials.liabilities


def ratio(financials: Financials, key: str) -> Ratio:
    """Return a ratio of a year, or why it has no answer.

    >>> ratio(Financials(assets_current=800, liabilities_current=500), "current").value
    1.6
    """
    parts, base, times = RATIOS[key]
    names = tuple(part.lstrip("-") for part in parts)
    if missing := financials.missing(*names, base):
        return Ratio(key, reason=MISSING, of=missing)
    divisor = getattr(financials, base)
    if divisor <= 0:
        return Ratio(key, reason=NEGATIVE if divisor < 0 else ZERO, of=(base,))
    total = sum(-getattr(financials, name) if part.startswith("-") else getattr(financials, name)
                for part, name in zip(parts, names, strict=True))
    return Ratio(key, total / divisor * times)


def ratios(financials: Financials) -> tuple[Ratio, ...]:
    """Return all ratios of a year, in the order in which they are read."""
    return tuple(ratio(financials, key) for key in RATIOS)


def altman(financials: Financials) -> Altman:
    """Return Altman's Z″, for companies that are private and do not manufacture.

    6.56 · working capital ÷ assets + 3.26 · retained earnings ÷ assets + 6.72 · EBIT ÷ assets + 1.05 · equity ÷
    liabilities; above 2.6 safe, below 1.1 in distress.

    >>> round(altman(Financials(2000, 800, liabilities=1300, liabilities_current=500, equity=700,
    ...                       retained_earnings=300, ebit=160)).value, 2)
    2.58
    """
    needed = ("assets", "assets_current", "liabilities_current", "retained_earnings", "ebit", "equity", "liabilities")
    if missing := financials.missing(*needed):
        return Altman(reason=MISSING, of=missing)
    if financials.assets <= 0:
        return Altman(reason=ZERO if financials.assets == 0 else NEGATIVE, of=("assets",))
    if financials.liabilities < 0:
        return Altman(reason=NEGATIVE, of=("liabilities",))
    if financials.liabilities == 0:
        return Altman(zone=SAFE, reason=NO_LIABILITIES, of=("liabilities",))
    terms = _terms(financials)
    value = sum(terms.values())
    return Altman(value, _zone(value), terms, negative=tuple(name for name, term in terms.items() if term < 0))


def _terms(financials):
    divisors = dict.fromkeys(Z_WEIGHTS, financials.assets) | {"equity": financials.liabilities}
    return {name: weight * getattr(financials, name) / divisors[name] for name, weight in Z_WEIGHTS.items()}


def _zone(value):
    """Judge the figure that is shown: one of 2.60 on the screen is not above 2.6."""
    shown = round(value, 2)
    if shown > Z_SAFE_ABOVE:
        return SAFE
    return DISTRESS if shown < Z_DISTRESS_BELOW else GREY
