from . import (
    credit_hold_ask,
    credit_hold_force,
    credit_hold_release,
    credit_limit_change,
    credit_order_waive,
    credit_policy_preview,
    credit_profile_dunning,
    credit_profile_forecast,
    credit_profile_release,
    credit_profile_status,
    credit_promise_withdraw,
    credit_setup,
)
