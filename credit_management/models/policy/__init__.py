from . import (
    credit_criterion,
    credit_cure,
    credit_policy,
    credit_policy_part,
    credit_policy_turn,
    credit_policy_rule,
    credit_finding_text,
    credit_rule_text,
    discount,
    res_company,
)
