"""The decision: a verdict with all its reasons and figures.

Order of precedence (documented in the manual): a forced hold beats everything; then what frees a
document of the check (excluded customer, exempt or fully prepaid document); then the rules of the
policy, the strictest effect counting; then a release, which lets the findings stand and lets the
document go on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .criteria.registry import Case, Figures
from .facts import Facts
from .money import is_above
from .policy import EFFECTS, HOLD, NONE, REFUSE, WARN, Policy, Rule
from .request import Request

PASS, RELEASED = "pass", "released"
GOES_ON = frozenset({PASS, WARN, RELEASED})


@dataclass(frozen=True)
class Finding:
    """One reason: the criterion that was hit, its effect, and the figures of its sentence."""

    criterion: str
    effect: str
    figures: Figures
    rule_id: int = 0


@dataclass(frozen=True)
class Decision:
    """The verdict on one request, with everything needed to explain it a year later."""

    request: Request
    verdict: str
    findings: tuple[Finding, ...]
    facts: Facts
    policy_name: str
    exposure_before: float
    exposure_after: float
    exemption: str = ""
    group_exposure_after: float = 0.0
    policy: Policy | None = None  # as it was then

    @property
    def is_allowed(self) -> bool:
        """Tell whether the document may take the step it asked for."""
        return self.verdict in GOES_ON

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """Return the findings that stop the document: what only warns is not among them."""
        return tuple(finding for finding in self.findings if finding.effect in (HOLD, REFUSE))

    @property
    def late(self) -> tuple[float, int]:
        """Return what has to be paid of what is overdue before no finding stops the document for it, and the days
        after which it counts: what is overdue for fewer days may stay."""
        hits = [finding.figures for finding in self.stopping if "overdue" in finding.figures]
        most = max(hits, key=lambda figures: figures["overdue"], default={})
        return most.get("overdue", 0.0), most.get("days_allowed", 0)

    @property
    def amount_over(self) -> float:
        """Return by how much the limit, or that of the credit group, would be exceeded, in company
        currency; 0.0 when both hold or there is none. It is what the authority of a release is for,
        whichever rule stopped the document."""
        return get_over(self.facts, self.exposure_after, self.group_exposure_after)

    @property
    def is_group_binding(self) -> bool:
        """Tell whether the limit of the credit group leaves less room than the customer's own."""
        overruns = get_overruns(self.facts, self.exposure_after, self.group_exposure_after)
        return "group" in overruns and overruns["group"] > overruns.get("own", float("-inf"))

    @property
    def exposure_binding(self) -> float:
        """Return what would be used of the limit that binds, in company currency: the group's exposure or the own."""
        if self.is_group_binding and self.facts.group:
            return self.group_exposure_after / self.facts.group.rate
        return self.exposure_after

    @property
    def amount_limit(self) -> float | None:
        """Return the limit that binds, in company currency: the group's or the own; None without any."""
        if self.is_group_binding and self.facts.group:
            return self.facts.group.limit.amount / self.facts.group.rate
        return self.facts.limit.amount if self.facts.limit.is_amount else None


def get_overruns(facts: Facts, exposure: float, group_exposure: float) -> dict[str, float]:
    """Return by how much these exposures exceed each limit, in company currency; below zero is room."""
    limit, group = facts.limit, facts.group
    overruns = {"own": exposure - limit.amount} if limit.is_amount else {}
    if group and group.limit.is_amount and group.rate:
        overruns["group"] = (group_exposure - group.limit.amount) / group.rate
    return overruns


def get_over(facts: Facts, exposure: float, group_exposure: float) -> float:
    """Return by how much these exposures exceed the limit or that of the group, in company currency."""
    return max(0.0, *get_overruns(facts, exposure, group_exposure).values(), 0.0)


def get_most_over(facts: Facts, request: Request, more: float = 0.0, more_of_others: float = 0.0) -> float:
    """Return by how much the limits are exceeded once a document is there, and everything else that was allowed.

    :param more: what else was allowed to the customer and is not there yet, in company currency
    :param more_of_others: the same of the other members of its group

    With 800 of 1,000 used, 300 allowed and not there yet, a document of 400 is 500 over.
    """
    added = request.amount - request.amount_counted + more
    group = facts.group
    group_exposure = group.exposure + (added + more_of_others) * group.rate if group else 0.0
    return get_over(facts, facts.exposure + added, group_exposure)


class Ledger:
    """The running exposure of a batch, and what it used of each release: what passed counts for what
    comes after it."""

    def __init__(self, facts: Mapping[int, Facts], requests: Iterable[Request]):
        self._facts = facts
        self._own = {profile_id: fact.exposure for profile_id, fact in facts.items()}
        self._groups = {fact.group.group_id: fact.group.exposure for fact in facts.values() if fact.group}
        self._used: dict[int, float] = {}
        self._grown: dict[tuple[int, str], float] = {}
        for request in requests:
            self.add(request.profile_id, -request.amount_counted)

    def book(self, decision: Decision) -> None:
        """Book what a request weighs once it is decided, and what it takes from its release."""
        request, is_allowed = decision.request, decision.is_allowed
        self.add(request.profile_id, request.amount if is_allowed else request.amount_counted)
        if is_allowed:
            key = (request.profile_id, request.component)
            self._grown[key] = self._grown.get(key, 0.0) + request.growth
        is_used = decision.verdict == RELEASED if request.is_used_when_needed else is_allowed
        if is_used and request.release_id:
            self._used[request.release_id] = self.used(request.release_id) + request.amount_used

    def used(self, release_id: int) -> float:
        """Return what this batch took from a release so far, in company currency."""
        return self._used.get(release_id, 0.0)

    def add(self, profile_id: int, amount: float) -> None:
        """Book an amount, in company currency, on a customer and on its group."""
        self._own[profile_id] += amount
        group = self._facts[profile_id].group
        if group:
            self._groups[group.group_id] += amount * group.rate

    def own(self, profile_id: int) -> float:
        """Return the exposure of a customer so far."""
        return self._own[profile_id]

    def component(self, request: Request) -> float:
        """Return what the customer has in the component of a document so far."""
        known = self._facts[request.profile_id].components.get(request.component, 0.0)
        return known + self._grown.get((request.profile_id, request.component), 0.0)

    def group(self, profile_id: int) -> float:
        """Return the exposure of the customer's group so far, in the group's currency."""
        group = self._facts[profile_id].group
        return self._groups[group.group_id] if group else 0.0


def decide_batch(
    requests: Iterable[Request],
    facts: Mapping[int, Facts],
    policies: Mapping[int, Policy | None],
) -> list[Decision]:
    """Decide requests in their order, cumulatively per customer and per credit group.

    :param requests: the documents, in the order in which they should be served
    :param facts: the facts by profile id, read once
    :param policies: the applicable policy by profile id; ``None`` where no policy is on
    :return: one decision per request, in the same order

    With 100 free, three orders of 40 give pass, pass, hold.
    """
    requests = list(requests)
    ledger = Ledger(facts, requests)
    decisions = []
    for request in requests:
        decision = decide(request, facts[request.profile_id], policies.get(request.profile_id), ledger)
        ledger.book(decision)
        decisions.append(decision)
    return decisions


def decide(request: Request, facts: Facts, policy: Policy | None, ledger: Ledger) -> Decision:
    """Decide one request on top of what the ledger already contains."""
    before = ledger.own(request.profile_id)
    after = before + request.amount
    group = facts.group
    group_after = ledger.group(request.profile_id) + request.amount * group.rate if group else 0.0
    exemption = "" if request.forced_hold else get_exemption(request, facts, policy)
    component_after = ledger.component(request) + request.growth
    case = Case(request, facts, policy or Policy(0, ""), after, group_after, component_after)
    findings = () if exemption else find(case)
    over = get_over(facts, after, group_after)
    return Decision(
        request=request,
        verdict=get_verdict(request, findings, facts.rounding, ledger.used(request.release_id), over),
        findings=findings,
        facts=facts,
        policy_name=policy.name if policy else "",
        exposure_before=before,
        exposure_after=after,
        exemption=exemption,
        group_exposure_after=group_after,
        policy=policy,
    )


def get_exemption(request: Request, facts: Facts, policy: Policy | None) -> str:
    """Return why the request is free of the check, or an empty string."""
    if policy is None:
        return "no_policy"
    if request.exemption:
        return request.exemption
    if facts.is_excluded:
        return "customer_excluded"
    if facts.date_ignore_until and facts.as_of <= facts.date_ignore_until:
        return "ignored_until"
    if request.amount_document > 0 and not is_above(request.amount_document, request.amount_prepaid, facts.rounding):
        return "prepaid"
    return ""


def find(case: Case) -> tuple[Finding, ...]:
    """Return all findings of a case, strictest effect first, then in the order of the rules."""
    checkpoint = case.request.checkpoint
    rules = case.policy.rules_at(checkpoint)
    hits = [(rule, figures) for rule in rules if (figures := rule.test(rule, case)) is not None]
    if case.policy.is_match_all and len(hits) < len(rules):
        hits = []
    findings = [
        Finding(rule.criterion, rule.effect_at(checkpoint), figures, rule.rule_id)
        for rule, figures in without_superseded(hits, checkpoint)
    ]
    if case.request.forced_hold:
        findings.append(Finding("forced_hold", HOLD, {"reason": case.request.forced_hold}))
    return tuple(sorted(findings, key=lambda finding: -EFFECTS.index(finding.effect)))


def without_superseded(hits: list[tuple[Rule, Figures]], checkpoint: str) -> list[tuple[Rule, Figures]]:
    """Leave out warnings of rules where another criterion was hit that says it all."""
    found = {rule.criterion for rule, _figures in hits}
    return [hit for hit in hits if hit[0].superseded_by not in found or hit[0].effect_at(checkpoint) != WARN]


def get_verdict(
    request: Request, findings: tuple[Finding, ...], rounding: float, used: float = 0.0, over: float = 0.0
) -> str:
    """Return the strictest effect of the findings, unless a release covers the document.

    :param used: what the documents before it in the batch took from its release
    :param over: by how much the limits would be exceeded
    """
    effect = max((finding.effect for finding in findings), key=EFFECTS.index, default=NONE)
    if effect == NONE:
        return PASS
    if effect in (HOLD, REFUSE) and is_released(request, rounding, used, over):
        return RELEASED
    return effect


def is_released(request: Request, rounding: float, used: float = 0.0, over: float = 0.0) -> bool:
    """Tell whether what is left of a release covers the whole amount of the document, and whether its authority
    reaches as far as the limits are exceeded now; what is there already is not asked again."""
    if request.amount_released is None:
        return False
    is_added = is_above(request.amount, request.amount_counted, rounding)
    if is_added and request.amount_over_max is not None and is_above(over, request.amount_over_max, rounding):
        return False
    return not is_above(request.amount_document, request.amount_released - used, rounding)
