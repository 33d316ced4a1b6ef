from . import (
    credit_hold,
    credit_hold_recheck,
    credit_hold_authority,
    credit_hold_reasons,
    credit_release,
)
