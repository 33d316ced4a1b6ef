from . import (
    test_asked,
    test_limit,
    test_limit_authority,
    test_named,
)
