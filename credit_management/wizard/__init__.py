from . import credit_hold_release, credit_profile_forecast
