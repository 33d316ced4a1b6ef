"""What a factor of a score is: its name, its unit, where it is read, and what is said where there is no data."""

from collections.abc import Callable
from dataclasses import dataclass

from odoo.tools.translate import LazyGettext

from ...engine.scoring import Value, round_half_up

NUMBER, PERCENT, DAYS, MONTHS, MONEY, WORD = "number", "percent", "days", "months", "money", "word"
# the reason of what nobody kept on a day: ``not_kept:`` and since when it is kept; nothing where it never is
KEPT_NOT, NOTHING_YET = "not_kept", "yet"


@dataclass(frozen=True)
class Factor:
    """One thing that is known of a customer as of a day.

    It is a column of its name in the statement of its ``source`` (`credit.factor._get_sources`), or what a method reads
    that is called with the model, the customers and the day: ``{profile id: {name of a factor: Value}}``.

    ``missing`` says why a customer has no value. ``is_zero``: of a customer that was ever invoiced nothing is 0.
    ``kept`` names the table where it is read from what was kept day by day: of a day before its first is no data.
    """

    name: str
    label: LazyGettext
    missing: LazyGettext
    source: str = ""
    unit: str = NUMBER
    digits: int = 0
    is_zero: bool = False
    kept: str = ""
    read: Callable | None = None
    words: Callable | None = None  # returns ``{word: label}`` of a factor that is a word, for an environment

    def get_shown_digits(self):
        """Return with how many decimals a figure is shown; None for money, which its currency has rounded."""
        return None if self.unit == MONEY else self.digits

    def is_word(self):
        """Tell whether the value is a word, and no figure."""
        return self.unit == WORD


def make_shown(value, digits):
    """Return the value of a factor, a figure as it is shown: what is shown has the points."""
    return Value(value if digits is None or type(value) is not float else round_half_up(value, digits))


@dataclass(frozen=True)
class Figures:
    """What the sources of factors say of customers: bare figures, which take a tenth of what values take.

    ``rows`` is ``{profile id: figures, in the order of the factors}``; ``nothing`` says of each factor what no data is.
    """

    names: tuple
    digits: tuple
    nothing: tuple
    rows: dict

    def has(self, names, profile_ids):
        """Tell whether factors of customers were read."""
        return set(self.names).issuperset(names) and self.rows.keys() >= set(profile_ids)

    def get_values(self, profile_id):
        """Return ``{factor: Value}`` of a customer."""
        return {
            name: nothing if figure is None else make_shown(figure, digits)
            for name, digits, nothing, figure in zip(
                self.names, self.digits, self.nothing, self.rows.get(profile_id, ()), strict=False)
        }
