from . import (
    credit_profile_display,
    credit_profile_collection,
    res_partner_credit_tab,
    credit_profile_portal,
)
