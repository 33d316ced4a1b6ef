from . import (
    credit_schedule_mixin,
    credit_aging_mailing,
    credit_aging_schedule,
    credit_aging_schedule_asked,
    credit_aging_schedule_run,
)
