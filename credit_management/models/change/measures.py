"""Measures of what a change makes possible at most: plain functions of a record before and after.

Each returns `TIGHTER` when less may pass afterwards, or as much; `ANY` when no amount bounds what may pass; `UNCLEAR`,
which counts as that, when nobody can say whether more or less may pass; else an amount in company currency.
"""

import math

TIGHTER = -math.inf
ANY = math.inf


class Unclear(float):
    """What is asked for and bounded like `ANY`, and is told apart by its class."""


UNCLEAR = Unclear(ANY)
MERGED = None  # of a file that becomes part of another one: nothing is looser by that, and nothing tighter


def switched(value):
    """Return the measure of a switch that loosens when it gets ``value``."""
    return lambda name: lambda before, after: ANY if bool(after[name]) == value else TIGHTER


def any_change(_name):
    """Return the measure of a field of which no one can say which value is looser."""
    return lambda before, after: UNCLEAR


def lower(name):
    """Return the measure of a number that loosens when it falls."""
    return lambda before, after: ANY if (after[name] or 0) < (before[name] or 0) else TIGHTER


def higher(name):
    """Return the measure of a number that loosens when it rises."""
    return lambda before, after: ANY if (after[name] or 0) > (before[name] or 0) else TIGHTER


def higher_or_none(name):
    """Return the measure of a most of something, where a negative number means no limit."""

    def measure(before, after):
        most = [math.inf if record[name] < 0 else record[name] for record in (before, after)]
        return ANY if most[1] > most[0] else TIGHTER

    return measure


def lower_than_all(name):
    """Return the measure of a number of days beyond which something is left out, where 0 leaves out nothing."""

    def measure(before, after):
        kept = [record[name] or math.inf for record in (before, after)]
        return ANY if kept[1] < kept[0] else TIGHTER

    return measure


def later(name):
    """Return the measure of a last day, where none means without end."""

    def measure(before, after):
        if not before[name]:
            return TIGHTER
        return ANY if not after[name] or after[name] > before[name] else TIGHTER

    return measure


def later_permission(name):
    """Return the measure of the last day of a permission, where none means that there is none."""

    def measure(before, after):
        if not after[name]:
            return TIGHTER
        return ANY if not before[name] or after[name] > before[name] else TIGHTER

    return measure


def earlier_rank(name, ranks):
    """Return the measure of a choice whose values stand in order, from the loosest to the strictest."""
    return lambda before, after: ANY if ranks.index(after[name]) < ranks.index(before[name]) else TIGHTER


def higher_amount(name):
    """Return the measure of an amount in company currency that lets as much pass: what is added to it."""

    def measure(before, after):
        more = (after[name] or 0.0) - (before[name] or 0.0)
        return more if more > 0 else TIGHTER

    return measure


def limit(_name):
    """Return the measure of a limit (type, amount, currency): the new amount, where it is higher than before."""

    def measure(before, after):
        old, new = _limit_amount(before), _limit_amount(after)
        return new if new > old else TIGHTER

    return measure


def _limit_amount(record):
    """Return the amount of a limit in company currency; no limit is any amount."""
    if record.limit_type != "amount":
        return ANY
    currency = record["limit_currency_id" if "limit_currency_id" in record._fields else "currency_id"]
    company = ("company_id" in record._fields and record.company_id) or record.env.company
    return currency._convert(record.amount_limit, company.currency_id, company, company._credit_today())


def worth(is_looser):
    """Return the measure of a claim (dispute, promise, cover): its whole amount, where ``is_looser(before, after)``."""
    return lambda before, after: after._credit_get_worth() if is_looser(before, after) else TIGHTER


def named(measures):
    """Return ``{field: measure}`` of ``{field: kind of measure}``."""
    return {name: kind(name) for name, kind in measures.items()}
