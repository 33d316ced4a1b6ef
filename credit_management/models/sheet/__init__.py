from . import (
    credit_exposure_delivered,
    credit_exposure_line,
    credit_group_sheet,
)
