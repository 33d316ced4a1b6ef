from . import (
    test_alone,
    test_archived,
    test_change_where,
    test_claims,
    test_given_up,
    test_loosening,
    test_loosening_fields,
    test_loosening_kinds,
    test_loosening_whole,
    test_nobody_alone,
    test_numbers,
    test_promise_far,
)
