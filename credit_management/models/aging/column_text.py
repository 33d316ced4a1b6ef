"""What the columns of an aging are called."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

NOT_DUE = _lt("Not due")
DUE_LATER = _lt("Due in %(from)s days or more")
DUE_BETWEEN = _lt("Due in %(from)s–%(to)s days")
LATE = _lt("%(from)s–%(to)s days")
LATE_ONE = _lt("Day %(to)s")
UP_TO = {
    "days": _lt("Up to %(to)s days"),
    "months": _lt("Up to %(to)s months (incl.)"),
    "years": _lt("Up to %(to)s years (incl.)"),
}
UP_TO_ONE = {"days": _lt("Up to 1 day"), "months": _lt("Up to 1 month (incl.)"), "years": _lt("Up to 1 year (incl.)")}
BETWEEN = {"days": LATE, "months": _lt("%(from)s–%(to)s months"), "years": _lt("%(from)s–%(to)s years")}
OVER = {
    "days": _lt("Over %(from)s days"),
    "months": _lt("Over %(from)s months"),
    "years": _lt("Over %(from)s years"),
}
OVER_ONE = {"days": _lt("Over 1 day"), "months": _lt("Over 1 month"), "years": _lt("Over 1 year")}


def column_text(env, column, is_lateness):
    """Return the title of a column, in the language of whoever reads it.

    :param Column column: see `engine/aging.py`
    :param bool is_lateness: whether days are counted from the due date
    """
    text, values = _future(column) if is_lateness and column.unit == "days" and not column.is_due else (None, {})
    text, values = (text, values) if text else _past(column)
    title = env._(text)
    return title % values


def _future(column):
    """Return the title of a column of what is not due yet; none where it reaches beyond the day."""
    if column.above is None and column.until == 0:
        return NOT_DUE, {}
    if column.until is None or column.until > 0:
        return None, {}
    if column.above is None:
        return DUE_LATER, {"from": -column.until}
    return DUE_BETWEEN, {"from": -column.until, "to": -column.above - 1}


def _past(column):
    above, until, unit = column.above, column.until, column.unit
    if until is None:
        return (OVER_ONE if above == 1 else OVER)[unit], {"from": above}
    if above is None:
        return (UP_TO_ONE if until == 1 else UP_TO)[unit], {"to": until}
    first = above + 1 if unit == "days" else above  # 31–60 days, but 1–2 years: years have no gaps between them
    return (LATE_ONE if unit == "days" and first == until else BETWEEN[unit]), {"from": first, "to": until}
