from . import (
    credit_profile_bar,
    credit_profile_trend,
    credit_profile_behaviour,
    credit_profile_contact,
    credit_profile_buttons,
    res_partner_credit_tab,
    credit_profile_portal,
    account_move_dispute,
    credit_limit_briefing,
)
