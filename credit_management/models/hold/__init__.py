from . import (
    credit_hold,
    credit_hold_opening,
    credit_hold_message,
    credit_hold_most,
    credit_hold_authority,
    credit_hold_proposal,
    credit_hold_decision,
    credit_hold_reasons,
    credit_release,
    credit_release_log,
    credit_recheck,
    credit_profile_holds,
)
