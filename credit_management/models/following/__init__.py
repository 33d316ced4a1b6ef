from . import (
    credit_score_rule,
    credit_score_rule_text,
    credit_score_act,
    credit_score_due,
    credit_score_acting,
    credit_score_hold,
)
