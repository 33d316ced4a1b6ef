from . import (
    account_payment_term,
    credit_criterion,
    credit_terms_ceiling,
    credit_policy_terms,
    credit_policy,
    credit_terms_proposal,
    sale_order,
    account_move,
)
