from . import (
    credit_money,
    credit_dispute,
    credit_profile_disputes,
    credit_behaviour,
    credit_behaviour_kept,
    credit_profile_dates,
    credit_forecast,
    credit_promise,
    credit_promise_source,
    credit_cover,
    credit_profile_promises,
    credit_profile_covers,
)
