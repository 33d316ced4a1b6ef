"""A policy as the decision sees it: a snapshot of records, taken before deciding."""

from collections.abc import Callable
from dataclasses import dataclass

NONE, WARN, HOLD, REFUSE = "none", "warn", "hold", "refuse"
EFFECTS = (NONE, WARN, HOLD, REFUSE)


@dataclass(frozen=True)
class Rule:
    """One criterion with its predicate, its thresholds and its effect at each checkpoint."""

    rule_id: int
    criterion: str
    test: Callable[..., dict[str, float | int | str] | None]  # of the rule and a case: its figures, or nothing
    effects: dict[str, str]
    amount: float = 0.0
    percent: float = 0.0
    days: int = 0
    days_grace: int = 0
    days_ahead: int = 0
    level: int = 0
    amount_tolerance: float = 0.0
    statuses: frozenset[str] = frozenset()
    is_blank_hit: bool = False
    condition: str = ""  # an own condition, as it is written; it was tested with the facts
    needs: str = ""  # the optional fact that the criterion looks at
    superseded_by: str = ""  # the criterion that says it all: a warning beside it is left out

    def effect_at(self, checkpoint: str) -> str:
        """Return the effect at a checkpoint, ``'none'`` where the rule does not look."""
        return self.effects.get(checkpoint, NONE)


@dataclass(frozen=True)
class Policy:
    """What is allowed for a class of customers."""

    policy_id: int
    name: str
    rules: tuple[Rule, ...] = ()
    is_match_all: bool = False
    days_terms_max: int | None = None
    percent_discount_max: float | None = None
    percent_deposit: float = 0.0

    def rules_at(self, checkpoint: str) -> tuple[Rule, ...]:
        """Return the rules that have an effect at a checkpoint, in their order."""
        return tuple(rule for rule in self.rules if rule.effect_at(checkpoint) != NONE)
