"""What a factor of a score is: its name, its unit, and what is said where there is no data."""

from dataclasses import dataclass

from odoo.tools.translate import LazyGettext

NUMBER, PERCENT, DAYS, MONTHS, MONEY, WORD = "number", "percent", "days", "months", "money", "word"


@dataclass(frozen=True)
class Factor:
    """One thing that is known of a customer as of a day.

    ``source`` names the statement that has it (see `credit.factor._get_sources`), in a column of the factor's name.
    ``missing`` says why a customer has no value. ``kept`` names the table where it is read from what was kept: before
    its first day there is no data for anybody.
    """

    name: str
    label: LazyGettext
    missing: LazyGettext
    source: str
    unit: str = NUMBER
    digits: int = 0
    help: LazyGettext | str = ""
    kept: str = ""
