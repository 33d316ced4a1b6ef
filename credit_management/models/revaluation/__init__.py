from . import (
    credit_revaluation,
    credit_revaluation_line,
    credit_revaluation_found,
    credit_revaluation_decided,
)
