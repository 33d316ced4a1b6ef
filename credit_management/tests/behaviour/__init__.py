from . import (
    test_cover,
    test_paid,
    test_promise,
)
