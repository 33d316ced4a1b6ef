"""What a criterion is: a predicate of a few lines that returns its figures, or nothing.

A rule carries its predicate (`Rule.test`), so an add-on keeps its own where it likes; those of the engine
are registered here by name, so that a test can ask for each of them whether it is tested.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ..facts import Facts
from ..policy import Policy, Rule
from ..request import Request

Figures = dict[str, float | int | str]


@dataclass(frozen=True)
class Case:
    """What a criterion looks at: a request, the facts, and the exposure if it went on."""

    request: Request
    facts: Facts
    policy: Policy
    exposure_after: float
    group_exposure_after: float = 0.0
    component_after: float = 0.0  # of the document's component


Predicate = Callable[[Rule, Case], Figures | None]
CRITERIA: dict[str, Predicate] = {}


def criterion(name: str):
    """Register a predicate of the engine under the name that ``credit.policy.rule`` stores."""

    def register(function: Predicate) -> Predicate:
        CRITERIA[name] = function
        return function

    return register
