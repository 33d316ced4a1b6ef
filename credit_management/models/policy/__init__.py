from . import (
    credit_policy,
    credit_policy_rule,
    credit_finding_text,
    credit_terms,
    credit_health,
    credit_loosening,
    credit_change,
    credit_loosening_fields,
)
