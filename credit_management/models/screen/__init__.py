from . import (
    credit_profile_bar,
    credit_profile_trend,
    credit_profile_behaviour,
    credit_profile_contact,
    credit_profile_buttons,
    res_partner_credit_tab,
    credit_statement,
    credit_profile_portal,
    credit_profile_answers,
    account_move_dispute,
    account_move_standing,
    credit_limit_briefing,
)
