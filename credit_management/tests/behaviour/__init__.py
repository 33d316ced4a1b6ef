from . import (
    test_cover,
    test_promise,
)
