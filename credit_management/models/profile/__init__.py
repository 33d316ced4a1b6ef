from . import (
    credit_rating,
    credit_group,
    credit_profile,
    credit_profile_recheck,
    res_partner,
)
