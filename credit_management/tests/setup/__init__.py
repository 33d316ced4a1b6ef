from . import (
    test_access,
    test_authority,
    test_day,
    test_log,
    test_log_acts,
    test_log_upgrade,
    test_words,
)
