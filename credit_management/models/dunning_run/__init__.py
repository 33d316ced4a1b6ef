from . import (
    credit_dunning_run,
    credit_dunning_omission,
    credit_dunning_prepare,
    credit_notice_sending,
    credit_dunning_job,
    credit_dunning_screen,
    credit_dunning_failure,
)
