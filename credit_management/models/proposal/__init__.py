from . import (
    res_company,
    res_config_settings,
    credit_rating_band,
    credit_trade_reference,
    credit_limit_basis,
    credit_proposal_inputs,
    credit_profile_proposal,
    credit_proposal_text,
)
