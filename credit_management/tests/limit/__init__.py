from . import (
    test_limit,
    test_limit_authority,
    test_named,
)
