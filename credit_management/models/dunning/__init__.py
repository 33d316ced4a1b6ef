from . import (
    credit_dunning_plan,
    credit_dunning_level,
    credit_dunning_text,
    credit_policy,
    res_company,
    account_move,
    credit_profile_dunning,
    credit_exposure_level,
    credit_profile_level,
    credit_dunning_loosening,
    credit_dunning,
    credit_dunning_bank,
)
