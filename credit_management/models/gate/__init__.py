from . import (
    contract,
    gate,
    guard,
    watch,
    recheck,
    panel,
    buttons,
    credit_profile_facts,
    credit_log_check,
    credit_log_text,
    credit_profile_log,
    credit_policy_effect,
)
