from . import (
    account_payment_term,
    account_payment_term_dates,
    retention,
    credit_confirmation,
    credit_criterion,
    credit_terms_ceiling,
    credit_policy_terms,
    credit_policy,
    credit_terms_proposal,
    sale_order,
    account_move,
    account_move_start,
)
