from . import (
    contract,
    gate,
    guard,
    fact,
    watch,
    recheck,
    panel,
    buttons,
    credit_profile_facts,
    credit_decision,
    credit_profile_decisions,
    credit_policy_effect,
)
