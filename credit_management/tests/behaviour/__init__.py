from . import (
    test_cover,
    test_forecast,
    test_paid,
    test_promise,
)
