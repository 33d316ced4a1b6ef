"""Samples of balances, as an auditor draws them: each way gives the same customers again from the same balances."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random


def by_size(balances: Mapping[int, float]) -> list[int]:
    """Return the keys of positive balances, the largest first; of equal ones the lower key.

    >>> by_size({1: 5.0, 2: 9.0, 3: 5.0, 4: -7.0, 5: 0.0})
    [2, 1, 3]
    """
    return sorted((key for key, balance in balances.items() if balance > 0), key=lambda key: (-balances[key], key))


def largest(balances: Mapping[int, float], count: int) -> list[int]:
    """Return the largest balances.

    >>> largest({1: 5.0, 2: 9.0, 3: 6.0}, 2)
    [2, 3]
    """
    return by_size(balances)[: max(count, 0)]


def from_amount(balances: Mapping[int, float], amount: float) -> list[int]:
    """Return the balances of an amount or more.

    >>> from_amount({1: 5.0, 2: 9.0, 3: 6.0}, 6.0)
    [2, 3]
    """
    return [key for key in by_size(balances) if balances[key] >= amount]


def covering(balances: Mapping[int, float], percent: float) -> list[int]:
    """Return as few of the largest balances as cover a share of all positive ones.

    >>> covering({1: 50.0, 2: 30.0, 3: 20.0}, 80), covering({1: 50.0, 2: 30.0, 3: 20.0}, 80.1)
    ([1, 2], [1, 2, 3])
    """
    order = by_size(balances)
    exact = {key: Decimal(str(balances[key])) for key in order}
    wanted = sum(exact.values(), Decimal()) * Decimal(str(percent)) / 100
    found, covered = [], Decimal()
    for key in order:
        if covered >= wanted:
            break
        found.append(key)
        covered += exact[key]
    return found


def at_random(keys, count: int, seed: int) -> list[int]:
    """Return keys drawn at random: the same seed draws the same of the same keys.

    >>> at_random([3, 1, 2, 5, 4], 2, 7) == at_random([1, 2, 3, 4, 5], 2, 7), at_random([1, 2], 5, 7)
    (True, [1, 2])
    """
    pool = sorted(keys)
    return sorted(Random(seed).sample(pool, min(max(count, 0), len(pool))))
