from . import (
    contract,
    gate,
    guard,
    fact,
    watch,
    recheck,
    panel,
    buttons,
    rejection,
    credit_profile_facts,
    credit_log_check,
    credit_policy_effect,
)
