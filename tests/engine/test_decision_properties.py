"""Random batches against a slow, obvious oracle that keeps one list of what went through."""

from cases import facts, group, limit, policy, request, rule
from hypothesis import given
from hypothesis import strategies as st

from credit_management.engine.decision import GOES_ON, decide_batch

BOTH = policy(rule("limit_exceeded"), rule("group_limit_exceeded", rule_id=2))
cents = st.integers(min_value=0, max_value=20_000)
signed_cents = st.integers(min_value=-5_000, max_value=20_000)


@st.composite
def batches(draw):
    """Draw up to three customers, all in one group or none, and up to eight documents of theirs."""
    customers = draw(st.lists(st.tuples(cents, signed_cents), min_size=1, max_size=3))
    rates = draw(st.lists(st.sampled_from([1, 2, 4]), min_size=3, max_size=3))
    group_limit = draw(st.none() | st.integers(0, 60_000))
    documents = draw(
        st.lists(
            st.tuples(
                st.integers(0, len(customers) - 1), cents, st.integers(0, 3), st.none() | cents,
                st.sampled_from(["", "", "", "from_order"]),
            ),
            max_size=8,
        )
    )
    return customers, rates, group_limit, documents


def build(batch):
    customers, rates, group_limit, documents = batch
    counted = [0] * len(customers)
    asked = []
    for key, (owner, amount, share, released, exemption) in enumerate(documents):
        counted[owner] += amount * share // 4
        asked.append(
            request(
                amount / 100, key, owner, amount_counted=(amount * share // 4) / 100, exemption=exemption,
                amount_released=None if released is None else released / 100,
            )
        )
    exposures = [exposure + more for (_limit, exposure), more in zip(customers, counted, strict=True)]
    group_exposure = sum(exposure * rate for exposure, rate in zip(exposures, rates, strict=False))
    known = {
        owner: facts(
            owner,
            limit=limit(amount / 100),
            exposure=exposures[owner] / 100,
            group=None if group_limit is None else group(group_limit / 100, group_exposure / 100, rates[owner]),
        )
        for owner, (amount, _exposure) in enumerate(customers)
    }
    return asked, known


def slow_oracle(batch):
    """Walk through the documents in whole cents; keep who weighs what, in plain lists."""
    customers, rates, group_limit, documents = batch
    own = [exposure for _limit, exposure in customers]  # without any document of the batch
    answers = []
    waiting = [(owner, amount * share // 4) for owner, amount, share, _released, _exemption in documents]
    passed = []
    for position, (owner, amount, _share, released, exemption) in enumerate(documents):
        weights = [*passed, (owner, amount)]
        used = own[owner] + sum(weight for who, weight in weights if who == owner)
        together = sum(own[who] * rates[who] for who in range(len(customers)))
        together += sum(weight * rates[who] for who, weight in weights)
        is_over = used > customers[owner][0] or (group_limit is not None and together > group_limit)
        is_allowed = bool(exemption) or not is_over or (released is not None and released >= amount)
        answers.append(is_allowed)
        passed.append((owner, amount) if is_allowed else waiting[position])
    return answers


@given(batches())
def test_every_batch_is_decided_as_by_the_oracle(batch):
    asked, known = build(batch)
    decisions = decide_batch(asked, known, dict.fromkeys(known, BOTH))
    assert [decision.verdict in GOES_ON for decision in decisions] == slow_oracle(batch)


@given(batches())
def test_no_batch_leaves_a_customer_above_its_limit_unless_released_or_exempt(batch):
    asked, known = build(batch)
    for decision in decide_batch(asked, known, dict.fromkeys(known, BOTH)):
        if decision.verdict == "pass" and not decision.exemption:
            assert round(decision.exposure_after * 100) <= round(decision.facts.limit.amount * 100)


@given(batches(), st.randoms(use_true_random=False))
def test_the_order_of_independent_customers_does_not_matter(batch, random):
    customers, rates, _group_limit, documents = batch
    asked, known = build((customers, rates, None, documents))
    on = dict.fromkeys(known, BOTH)
    mixed = merge_randomly([[a for a in asked if a.profile_id == owner] for owner in known], random)
    one = {d.request.key: d.verdict for d in decide_batch(asked, known, on)}
    other = {d.request.key: d.verdict for d in decide_batch(mixed, known, on)}
    assert one == other


def merge_randomly(queues, random):
    """Mix queues, keeping the order within each."""
    queues = [list(queue) for queue in queues if queue]
    mixed = []
    while queues:
        queue = random.choice(queues)
        mixed.append(queue.pop(0))
        queues = [queue for queue in queues if queue]
    return mixed


@given(cents, cents, signed_cents, cents)
def test_what_passes_under_a_limit_passes_under_a_higher_one(amount, raise_by, exposure, asked_cents):
    asked = [request(asked_cents / 100)]
    low = facts(limit=limit(amount / 100), exposure=exposure / 100)
    high = facts(limit=limit((amount + raise_by) / 100), exposure=exposure / 100)
    passes = [
        decide_batch(asked, {1: known}, {1: BOTH})[0].verdict == "pass" for known in (low, high)
    ]
    assert passes[0] <= passes[1]


@given(st.lists(cents, max_size=8), cents)
def test_with_equal_orders_exactly_as_many_pass_as_fit(amounts, limit_cents):
    amount = amounts[0] + 1 if amounts else 1
    asked = [request(amount / 100, key) for key in range(len(amounts))]
    known = {1: facts(limit=limit(limit_cents / 100))}
    passed = sum(d.verdict == "pass" for d in decide_batch(asked, known, {1: BOTH}))
    assert passed == min(len(asked), limit_cents // amount)


@given(batches())
def test_deciding_twice_gives_the_same(batch):
    asked, known = build(batch)
    on = dict.fromkeys(known, BOTH)
    assert decide_batch(asked, known, on) == decide_batch(asked, known, on)
