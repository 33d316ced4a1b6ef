from . import (
    test_access,
    test_authority,
    test_day,
)
