from . import (
    credit_profile_merge,
    credit_branch,
    partner_merge,
    partner_move,
)
