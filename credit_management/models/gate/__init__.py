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
    credit_log_check,
    credit_policy_effect,
)
