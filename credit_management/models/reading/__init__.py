from . import (
    credit_exposure_scope,
    credit_profile_statement,
)
