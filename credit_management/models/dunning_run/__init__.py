from . import (
    credit_dunning_run,
    credit_dunning_omission,
)
