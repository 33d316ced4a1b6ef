"""Money is compared at the rounding of its currency, never as raw floats."""


def to_units(amount: float, rounding: float) -> int:
    """Return ``amount`` as a whole number of the currency's smallest unit.

    >>> to_units(100.01, 0.01)
    10001
    """
    return round(amount / rounding)


def is_above(amount: float, threshold: float, rounding: float) -> bool:
    """Tell whether ``amount`` exceeds ``threshold`` by at least one unit.

    >>> is_above(100.00, 100.00, 0.01), is_above(100.01, 100.00, 0.01)
    (False, True)
    >>> is_above(0.1 + 0.2, 0.3, 0.01)
    False
    """
    return to_units(amount, rounding) > to_units(threshold, rounding)


def is_at_least(amount: float, threshold: float, rounding: float) -> bool:
    """Tell whether ``amount`` reaches ``threshold``.

    >>> is_at_least(99.99, 100.00, 0.01), is_at_least(100.00, 100.00, 0.01)
    (False, True)
    """
    return to_units(amount, rounding) >= to_units(threshold, rounding)
