from . import (
    credit_exposure_line,
    credit_group_sheet,
)
