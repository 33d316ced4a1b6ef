from . import (
    credit_limit_source,
    credit_limit_request,
    credit_limit_authority,
    credit_profile_requests,
)
