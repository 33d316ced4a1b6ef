"""Who rated customers outside, who visited them, assessments in every state, and reviews that the calendar opened."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from .records import load, name

SINCE = {
    "skellig": (date(1994, 5, 2), date(2009, 3, 16)),
    "castlebar": (date(2007, 9, 1), date(2015, 1, 12)),
    "quayside": (date(2012, 2, 20), date(2019, 6, 3)),
    "valentia": (date(1998, 3, 2), date(2011, 9, 5)),
    "ningbo": (date(2003, 8, 18), date(2016, 10, 10)),
    "kilbride": (date(1986, 1, 6), date(2001, 4, 2)),
}
"""Customer: (in business since, customer since)."""

CLASSES = {
    "skellig": "sme", "castlebar": "sme", "quayside": "sme", "kilbride": "large", "ningbo": "sme", "rheinbau": "large",
    "maas": "large", "piernine": "sole",
}

OUTSIDE = {
    "skellig": ("Shannon Credit Reports", "A2", 40, 325, 35000.0, 78, "Sound; no judgments, accounts filed in time."),
    "castlebar": ("Shannon Credit Reports", "D1", 25, 340, 0.0, 15, "Two judgments; accounts three months late."),
    "quayside": ("Atlantic Credit Insurance", "6", 90, 275, 8000.0, 40, "Cover reduced from 15,000 in August."),
    "ningbo": ("华东企业征信", "BBB+", 60, 305, 30000.0, 70, "出口额同比增长 12 %，无失信记录。"),
    "rheinbau": ("Atlantic Credit Insurance", "3", 400, 365, 25000.0, 72, "Ran out; to be asked for again."),
}
"""Customer: (source, rating, days ago, days valid, recommended limit, points, what it says)."""

VISITS = {
    "skellig": ("controller", "visit", 55, "Nora Healy, head of finance", 80,
                "Two hotels fully booked until October; the third opens in spring. Bank lines are not drawn."),
    "castlebar": ("controller", "interview", 12, "Pat Moran, owner", 20,
                  "Waits for the sale of the old hall, and cannot say when. The cold store stands half empty."),
    "valentia": ("controller", "visit", 30, "Marie Sugrue, finance", 75,
                 "New freezing line runs since summer. Wants 62,000 before the Christmas orders."),
    "ningbo": ("sales2", "visit", 100, "王经理，财务主管", None, "新厂房已投产，仓库整洁，订单排到明年三月。"),
    "greenway": ("sales", "reference", 20, "Its main supplier of timber", None, "Pays within terms, orders doubled."),
}
"""Customer: (who, how, days ago, whom, points, what was seen and said)."""


@dataclass(frozen=True)
class Assessed:
    """An assessment of a customer and how far it came."""

    state: str
    reason: str
    kind: str = "event"
    values: dict = field(default_factory=dict)
    rating: str = ""
    override: str = "What we know of it weighs more than the figures."
    refusal: str = ""
    opinion: tuple = ()


ASSESSED = {
    "skellig": Assessed(
        "approved", "Z″ grew three years in a row, pays as agreed. The rating stays, with the plan of instalments.",
        kind="regular", rating="a",
        opinion=("Shannon Audit", "We share the view: the third hotel is financed by own means."),
    ),
    "castlebar": Assessed(
        "submitted", "Equity is gone and EBIT negative: no more credit until the hall is sold.", kind="regular",
        rating="d", override="Two judgments since August; the owner could not say when the hall is sold.",
        values={"limit_kind": "amount", "amount": 5000.0},
    ),
    "quayside": Assessed(
        "draft", "The insurer has reduced its cover; the license of the new hall is asked for.", kind="new",
    ),
    "kilbride": Assessed(
        "refused", "Wants twice the limit for a large site.", rating="aaa",
        values={"limit_kind": "amount", "amount": 60000.0}, refusal="No statements since 2024. Ask for them first.",
    ),
    "midland": Assessed("expired", "Sales fall; the limit is to fall with them at the next review.", rating="b"),
}
"""Customer: what is assessed. The approved one sets the next review; the expired one was approved a year ago."""

DAYS_EXPIRED = 30


def write(env, profiles, users, today):
    """Write evidence, assessments, and the reviews that the calendar has opened."""
    _write_evidence(env, profiles, users, today)
    made = {ref: _assess(env, profiles[ref], users, assessed, today) for ref, assessed in ASSESSED.items()}
    name(env, "assessment", made)
    _open_reviews(env, today)


def _write_evidence(env, profiles, users, today):
    for ref, (start, since) in SINCE.items():
        profiles[ref].write({"date_business_start": start, "date_customer_since": since})
    for ref, legal_class in CLASSES.items():
        profiles[ref].legal_class = legal_class
    Rating = env["credit.outside.rating"].with_user(users["controller"])
    load(Rating.env, Rating._name, "outside", {
        ref: {
            "profile_id": profiles[ref].id, "source": source, "grade": grade, "date": today - timedelta(days=ago),
            "date_to": today - timedelta(days=ago - valid), "amount_recommended": amount, "points": points,
            "is_pointed": True, "note": note,
        }
        for ref, (source, grade, ago, valid, amount, points, note) in OUTSIDE.items()
    })
    load(env, "credit.visit", "visit", {
        ref: {
            "profile_id": profiles[ref].id, "user_id": users[login].id, "kind": kind, "person": person, "note": note,
            "date": today - timedelta(days=ago), "points": points or 0, "is_pointed": points is not None,
        }
        for ref, (login, kind, ago, person, points, note) in VISITS.items()
    })


def _assess(env, profile, users, assessed, today):
    Assessment = env["credit.assessment"].with_user(users["controller"])
    kind = env.ref(f"credit_management.review_kind_{assessed.kind}")
    assessment = Assessment.create({"profile_id": profile.id, "kind_id": kind.id})
    assessment.action_collect()
    assessment.write(_prepare(env, assessed))
    assessment.item_ids.filtered(lambda item: item.source == "tick").write({"is_ticked": True})
    if assessed.state != "draft":
        assessment.action_submit()
    decided = assessment.with_user(users["manager"])
    if assessed.state in ("approved", "expired"):
        decided.action_approve()
    if assessed.state == "refused":
        decided._refuse(assessed.refusal)
    if assessed.state == "expired":
        over = today - timedelta(days=DAYS_EXPIRED)
        # a day of a year ago is nobody's to write
        assessment.sudo().write({"date_approved": over - timedelta(days=335), "date_valid_to": over})
    return assessment


def _prepare(env, assessed):
    values = {"reason": assessed.reason, "override_reason": assessed.override, **assessed.values}
    if assessed.rating:
        values["rating_id"] = env.ref(f"credit_management.rating_{assessed.rating}").id
    if assessed.opinion:
        values["opinion_source"], values["opinion"] = assessed.opinion
    return values


def _open_reviews(env, today):
    """As the nightly job would have: what is due soon, and what is late is put before the manager."""
    Assessment = env["credit.assessment"].sudo().with_context(mail_activity_quick_update=True)  # as the job
    company = env.company
    kind = env.ref("credit_management.review_kind_regular")
    Assessment._open_for(env["credit.profile"].search(Assessment._get_due_domain(company)), kind)
    last = today - timedelta(days=company.credit_days_review_late)
    for review in Assessment.search([("is_review", "=", True), ("date_due", "<", last)]):
        review._put_before_manager()
