from . import (
    credit_dunning_claim,
    credit_claim_invoice,
    credit_claim_compensation,
    credit_claim_costs,
    credit_profile_late,
    credit_late_job,
    account_move,
    res_company,
)
