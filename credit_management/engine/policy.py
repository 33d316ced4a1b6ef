"""A policy as the decision sees it: a snapshot of records, taken before deciding."""

from collections.abc import Callable
from dataclasses import dataclass

from .deposit import DepositRule
from .terms import Ceiling, TermsRule

NONE, WARN, HOLD, REFUSE = "none", "warn", "hold", "refuse"
EFFECTS = (NONE, WARN, HOLD, REFUSE)
DEPOSIT = "deposit_missing"


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
class Asks:
    """What looks at an optional fact without being a rule."""

    needs: str
    rule_id: int = 0


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
    deposit_rules: tuple[DepositRule, ...] = ()
    terms_rules: tuple[TermsRule, ...] = ()
    terms_blocked_ids: frozenset[int] = frozenset()
    # as it applies to one customer on one day: see `terms.bound`
    percent_cash_discount_max: float | None = None
    terms_rule_id: int = 0
    terms_proposed_id: int = 0
    terms_ceiling: Ceiling | None = None

    def rules_at(self, checkpoint: str) -> tuple[Rule, ...]:
        """Return the rules that have an effect at a checkpoint, in their order."""
        return tuple(rule for rule in self.rules if rule.effect_at(checkpoint) != NONE)

    @property
    def deposits(self) -> tuple[DepositRule, ...]:
        """Return all that asks for a deposit: of every order, and of some."""
        of_every = (DepositRule(percent=self.percent_deposit),) if self.percent_deposit else ()
        return (*of_every, *self.deposit_rules)

    @property
    def asking(self) -> tuple["Rule | Asks", ...]:
        """Return all that looks at facts: its rules, and what its deposits look at."""
        needs = sorted(frozenset().union(*(rule.needs for rule in self.deposit_rules)))
        return (*self.rules, *map(Asks, needs))

    @property
    def percent_deposit_asked(self) -> float:
        """Return the highest deposit that a rule stops for; 0 without such a rule. A fixed amount may be all of it."""
        is_asked = any(
            rule.criterion == DEPOSIT and {HOLD, REFUSE} & set(rule.effects.values()) for rule in self.rules
        )
        asked = (100.0 if rule.amount else rule.percent for rule in self.deposits)
        return max(asked, default=0.0) if is_asked else 0.0

    def get_deposit_stops(self, checkpoint: str) -> tuple[Rule, ...]:
        """Return the rules that stop a document at a checkpoint while its deposit is missing."""
        return tuple(
            rule for rule in self.rules if rule.criterion == DEPOSIT and rule.effect_at(checkpoint) in (HOLD, REFUSE)
        )


def get_strictness(policy: Policy | None) -> tuple[float, ...]:
    """Return how strict a policy is, to compare: the deposit first, then terms, discount, and what its rules do.

    >>> lax, strict = Policy(1, "Lax"), Policy(2, "Strict", days_terms_max=30)
    >>> get_strictness(None) < get_strictness(lax) < get_strictness(strict)
    True
    """
    if policy is None:
        return ()
    unlimited = float("-inf")
    return (
        policy.percent_deposit_asked,
        unlimited if policy.days_terms_max is None else -policy.days_terms_max,
        unlimited if policy.percent_discount_max is None else -policy.percent_discount_max,
        sum(EFFECTS.index(effect) for rule in policy.rules for effect in rule.effects.values()),
    )
