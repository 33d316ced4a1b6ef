from . import (
    credit_scorecard,
    credit_scorecard_factor,
    credit_scorecard_version,
    credit_score,
    credit_score_line,
    credit_profile_score,
)
