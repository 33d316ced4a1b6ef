from . import (
    credit_profile_merge,
    partner_merge,
    partner_move,
)
