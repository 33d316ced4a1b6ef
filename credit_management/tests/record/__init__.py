from . import (
    test_log,
    test_log_acts,
    test_log_upgrade,
    test_words,
)
