"""The table of criteria: everything that is known of one stands in its entry, and nowhere else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from odoo import api, models
from odoo.tools.translate import LazyGettext, LazyTranslate

from ...engine.criteria import document, exposure, overdue, standing
from ...engine.criteria.registry import Predicate

_lt = LazyTranslate(__name__)

# How a figure of a finding is written: ``_format_…`` of `credit.finding.text`; others stay as they are.
MONEY, GROUP_MONEY, PERCENT, DATE, STATUS, WORDS = "money", "group_money", "percent", "date", "status", "words"
SHARE = "share"  # a percentage, and by which rule of the policy
# What a finding is about, for those who are told no rule and no figure of ours.
OVERDUE, LIMIT = "overdue", "limit"


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What a rule may look at.

    ``tag`` is its short word in lists, the label where there is none. The sentence has a variant where a
    last day is missing (``blank``) or still to come (``ahead``); sentence, tag and cure have one where the limit is
    0 (``zero``): the customer pays first. ``uses`` names the fields of a rule that
    the form asks for, ``needs`` the optional fact (a field of `Facts`) that is read only when a rule asks
    for it, ``superseded_by`` the criterion beside which a warning of this one is left out. A defect is a
    test of the rule with the reason why such a rule can never do anything, or stops everything. The cure is
    what frees a document, written with the figures of its panel; ``cure_when`` is the figure that must be
    above zero. Without ``test`` no rule can choose it: the decision itself finds it. ``found`` says in the log what
    the rule looked at, hit or not, with the figures of ``credit.log._get_found_figures``.
    """

    name: str
    label: LazyGettext
    sentence: LazyGettext
    test: Predicate | None = None
    tag: LazyGettext | None = None
    sentence_blank: LazyGettext | None = None
    sentence_ahead: LazyGettext | None = None
    sentence_zero: LazyGettext | None = None
    tag_zero: LazyGettext | None = None
    cure_zero: LazyGettext | None = None
    figures: Mapping[str, str] = field(default_factory=dict)
    uses: tuple[str, ...] = ()
    threshold: Callable[[models.Model], str] | None = None
    needs: str = ""
    superseded_by: str = ""
    defects: tuple[tuple[Callable[[models.Model], bool], LazyGettext], ...] = ()
    cure: LazyGettext | None = None
    cure_when: str = ""
    about: str = ""
    unit: str = " %"  # of its percentage
    found: LazyGettext | str = ""


def _days(rule):
    return rule.env._("%(days)s days", days=rule.days)


def _days_and_grace(rule):
    return rule.env._("%(days)s days", days=rule.days + rule.days_grace)


def _days_ahead(rule):
    return rule.env._("%(days)s days ahead", days=rule.days_ahead) if rule.days_ahead else ""


LAST_DAY = {"uses": ("days_grace", "days_ahead", "is_blank_hit"), "figures": {"date": DATE}, "threshold": _days_ahead}
PAY_THE_EXCESS = {"cure": _lt("A payment of %(over_own)s, or a limit of %(after_own)s."), "cure_when": "over_own"}
PAY_WHAT_IS_LATE = {"cure": _lt("Payment of what is overdue: %(late)s."), "cure_when": "late"}

CRITERIA = (
    Criterion(
        name="limit_exceeded",
        test=exposure.limit_exceeded,
        label=_lt("Limit exceeded"),
        found=_lt("%(exposure)s of %(limit)s"),
        sentence=_lt("Exposure would reach %(exposure)s for a limit of %(limit)s (over by %(over)s)."),
        sentence_zero=_lt("The customer pays first: %(over)s is still to be paid."),
        tag_zero=_lt("Pays first"),
        cure_zero=_lt("A payment of %(over_own)s."),
        figures={"exposure": MONEY, "limit": MONEY, "over": MONEY},
        uses=("amount_tolerance",),
        about=LIMIT,
        **PAY_THE_EXCESS,
    ),
    Criterion(
        name="group_limit_exceeded",
        test=exposure.group_limit_exceeded,
        label=_lt("Limit of the credit group exceeded"),
        found=_lt("%(group_exposure)s of %(group_limit)s"),
        tag=_lt("Group limit exceeded"),
        sentence=_lt(
            "Exposure of credit group %(group)s would reach %(group_exposure)s for a limit of "
            "%(group_limit)s (over by %(group_over)s)."
        ),
        figures={"group_exposure": GROUP_MONEY, "group_limit": GROUP_MONEY, "group_over": GROUP_MONEY},
        uses=("amount_tolerance",),
        defects=((lambda rule: not rule._has_groups(), _lt("there is no credit group with a limit")),),
        cure=_lt("A payment of %(over_group)s by any customer of %(group)s, or a higher limit of the group."),
        cure_when="over_group",
        about=LIMIT,
    ),
    Criterion(
        name="utilisation",
        test=exposure.utilisation,
        label=_lt("Utilization at or above"),
        found="%(utilisation)s",
        tag=_lt("High utilization"),
        sentence=_lt("%(utilisation)s of the limit of %(limit)s would be used; the threshold is %(percent)s."),
        figures={"utilisation": PERCENT, "limit": MONEY, "percent": PERCENT},
        uses=("percent",),
        threshold=lambda rule: f"{rule.percent:g} %",
        defects=((lambda rule: not rule.percent, _lt("a threshold of 0 % stops every order")),),
        superseded_by="limit_exceeded",
        about=LIMIT,
        **PAY_THE_EXCESS,
    ),
    Criterion(
        name="limit_missing",
        test=exposure.limit_missing,
        label=_lt("No limit set up"),
        found="%(limit)s",
        sentence=_lt("No credit limit is set up for this customer; exposure would be %(exposure)s."),
        figures={"exposure": MONEY},
        cure=_lt("A limit for this customer."),
    ),
    Criterion(
        name="overdue_days",
        test=overdue.overdue_days,
        label=_lt("Overdue longer than"),
        found=_lt("%(overdue)s overdue, the oldest for %(days_overdue)s days"),
        tag=_lt("Overdue"),
        sentence=_lt("%(overdue)s is overdue for more than %(days_allowed)s days; the oldest item for %(days)s days."),
        figures={"overdue": MONEY},
        uses=("days", "days_grace", "amount_tolerance"),
        threshold=_days_and_grace,
        about=OVERDUE,
        **PAY_WHAT_IS_LATE,
    ),
    Criterion(
        name="overdue_amount",
        test=overdue.overdue_amount,
        label=_lt("Overdue amount and share"),
        found=_lt("%(overdue)s overdue, the oldest for %(days_overdue)s days"),
        tag=_lt("Overdue amount"),
        sentence=_lt("%(overdue)s is overdue (%(share)s of the exposure)."),
        figures={"overdue": MONEY, "share": PERCENT, "amount": MONEY, "percent": PERCENT},
        uses=("percent", "amount", "days_grace", "amount_tolerance"),
        about=OVERDUE,
        **PAY_WHAT_IS_LATE,
    ),
    Criterion(
        name="oldest_item",
        test=overdue.oldest_item,
        label=_lt("Oldest open item older than"),
        found=_lt("%(days_oldest)s days"),
        tag=_lt("Old open item"),
        sentence=_lt("The oldest open item is %(days)s days old; %(days_allowed)s are allowed."),
        uses=("days",),
        threshold=_days,
        needs="days_oldest_item",
        about=OVERDUE,
    ),
    Criterion(
        name="dunning_level",
        test=standing.dunning_level,
        label=_lt("Dunning level reached"),
        found="%(level)s",
        tag=_lt("Dunning level"),
        sentence=_lt("The customer is at dunning level %(level)s; from level %(level_allowed)s on it counts."),
        uses=("level",),
        threshold=lambda rule: str(rule.level),
        defects=((lambda rule: not rule.level, _lt("a level of 0 stops every order")),),
        cure=_lt("A lower dunning level."),
    ),
    Criterion(
        name="broken_promise",
        test=overdue.broken_promise,
        label=_lt("Broken promise to pay"),
        found=_lt("%(missing)s missing"),
        sentence=_lt("%(missing)s is missing of broken promises (%(promises)s); the oldest was due %(days)s days ago."),
        figures={"missing": MONEY},
        uses=("days_grace", "amount_tolerance"),
        needs="promises_broken",
        defects=((lambda rule: not rule._has_any("credit.promise"), _lt("no promise to pay has been noted yet")),),
        cure=_lt("Payment of what was promised."),
    ),
    Criterion(
        name="cover_expired",
        test=standing.cover_expired,
        label=_lt("Cover expired"),
        found="%(date_cover_expiry)s",
        sentence=_lt("The customer's cover expired on %(date)s."),
        sentence_ahead=_lt("The customer's cover expires on %(date)s."),
        sentence_blank=_lt("The customer has no cover."),
        defects=((lambda rule: not rule._can_cover_expire(), _lt("no customer has a cover")),),
        cure=_lt("A new cover."),
        **LAST_DAY,
    ),
    Criterion(
        name="account_status",
        test=standing.account_status,
        label=_lt("Account status"),
        found="%(status)s",
        sentence=_lt("The account status is %(status)s."),
        figures={"status": STATUS},
        uses=("is_status_watch", "is_status_stop"),
        defects=((lambda rule: not (rule.is_status_watch or rule.is_status_stop), _lt("no status is chosen")),),
        cure=_lt("Another account status."),
    ),
    Criterion(
        name="review_expired",
        test=standing.review_expired,
        label=_lt("Review overdue"),
        found="%(date_review_next)s",
        sentence=_lt("The credit review was due on %(date)s."),
        sentence_ahead=_lt("The credit review is due on %(date)s."),
        cure=_lt("A review of the customer."),
        **LAST_DAY,
    ),
    Criterion(
        name="limit_expired",
        test=standing.limit_expired,
        label=_lt("Limit expired"),
        found="%(date_limit_expiry)s",
        sentence=_lt("The credit limit expired on %(date)s."),
        sentence_ahead=_lt("The credit limit expires on %(date)s."),
        cure=_lt("A new limit."),
        **LAST_DAY,
    ),
    Criterion(
        name="document_amount",
        test=document.document_amount,
        label=_lt("Document amount at or above"),
        found="%(document)s",
        tag=_lt("Large document"),
        sentence=_lt("The document amounts to %(document)s; from %(amount)s on it needs a decision."),
        figures={"document": MONEY, "amount": MONEY},
        uses=("amount",),
        defects=((lambda rule: not rule.amount, _lt("an amount of 0 stops every order")),),
    ),
    Criterion(
        name="discount_better",
        test=document.discount_better,
        label=_lt("Discount better than allowed"),
        found="%(discount)s",
        sentence=_lt("A discount of %(discount)s is given; %(percent)s is allowed."),
        figures={"discount": PERCENT, "percent": PERCENT},
        defects=((lambda rule: rule.policy_id.percent_discount_max < 0, _lt("the policy allows any discount")),),
    ),
    Criterion(
        name="deposit_missing",
        test=document.deposit_missing,
        label=_lt("Deposit missing"),
        found=_lt("%(prepaid)s received"),
        sentence=_lt(
            "A deposit of %(deposit)s (%(percent)s) is required; %(prepaid)s was received, %(missing)s is missing."
        ),
        figures={"deposit": MONEY, "percent": SHARE, "prepaid": MONEY, "missing": MONEY},
        uses=("amount_tolerance",),
        defects=((lambda rule: not rule.policy_id._is_deposit_asked(), _lt("the policy asks for no deposit")),),
        cure=_lt("A payment of %(missing)s for the deposit."),
        cure_when="missing",
    ),
    Criterion(
        name="no_payment",
        test=standing.no_payment,
        label=_lt("No payment for"),
        found=_lt("%(days_payment)s days"),
        tag=_lt("No payment"),
        sentence=_lt("Nothing was paid for %(days)s days; %(days_allowed)s are allowed."),
        uses=("days",),
        threshold=_days,
        needs="days_since_payment",
    ),
    Criterion(
        name="payment_index",
        test=standing.payment_index_low,
        label=_lt("Payment index below"),
        found="%(index)s",
        tag=_lt("Low payment index"),
        sentence=_lt("The payment index is %(index)s; at least %(index_allowed)s is required."),
        uses=("percent",),
        threshold=lambda rule: f"{rule.percent:g}",
        unit="",
        needs="payment_index",
        defects=((lambda rule: not rule.percent, _lt("an index is never below 0")),),
    ),
    Criterion(
        name="domain",
        test=standing.own_domain,
        label=_lt("Own condition"),
        sentence=_lt("The customer matches a condition of the policy."),
        uses=("domain",),
        needs="matched_rule_ids",
        defects=(
            (lambda rule: (rule.domain or "[]") == "[]", _lt("the condition is empty: it matches every customer")),
        ),
    ),
    Criterion(
        name="forced_hold",
        label=_lt("Account stopped"),
        found="%(reason)s",
        sentence=_lt("Stopped whatever the figures say: %(reason)s."),
        figures={"reason": WORDS},
        cure=_lt("Lifting the stop."),
    ),
)


class CreditCriterion(models.AbstractModel):
    _name = "credit.criterion"
    _description = "Criteria of credit rules"

    @api.model
    def _get_criteria(self):
        """Return all criteria, in the order in which they are offered; an add-on adds an entry of its own.

        :rtype: tuple[Criterion, ...]
        """
        return CRITERIA

    @api.model
    def _get_by_name(self):
        """Return ``{name: Criterion}``."""
        return {criterion.name: criterion for criterion in self._get_criteria()}

    @api.model
    def _get_selection(self):
        """Return the criteria that a rule can choose, as the choices of a selection."""
        return [(entry.name, self.env._(entry.label)) for entry in self._get_criteria() if entry.test]

    @api.model
    def _get_tags(self):
        """Return all criteria with their short words, as the values of a selection."""
        return [(name, self._get_tag(name)) for name in self._get_by_name()]

    @api.model
    def _get_tag(self, name, figures=None):
        """Return a criterion in a word or two; its name when the add-on that brought it is gone.

        :param dict figures: of the finding
        """
        entry = self._get_by_name().get(name)
        if not entry:
            return name
        is_zero = entry.tag_zero and (figures or {}).get("limit") == 0
        return self.env._(entry.tag_zero if is_zero else entry.tag or entry.label)
