from . import (
    test_behaviour,
    test_cover,
    test_forecast,
    test_paid,
    test_promise,
)
