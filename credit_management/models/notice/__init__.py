from . import (
    credit_notice,
    credit_notice_line,
)
