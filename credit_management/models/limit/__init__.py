from . import (
    credit_limit_source,
    credit_profile_limit,
    credit_profile_group_room,
    credit_forecast_limit,
    credit_decided,
    credit_limit_request,
    credit_limit_asked,
    credit_limit_ended,
    ir_attachment,
    credit_limit_authority,
    credit_profile_requests,
    credit_profile_months,
)
