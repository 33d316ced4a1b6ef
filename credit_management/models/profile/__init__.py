from . import (
    credit_rating,
    credit_group,
    credit_profile,
    credit_profile_opening,
    credit_profile_class,
    credit_profile_log,
    credit_profile_membership,
    credit_profile_status,
    res_partner,
    core_limit,
)
