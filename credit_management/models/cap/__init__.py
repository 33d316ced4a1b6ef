from . import (
    credit_cap,
    credit_cap_loosening,
    credit_criterion,
    credit_limit_request,
    credit_profile,
    credit_change,
)
