from . import (
    test_check_log,
    test_log_screen,
)
