from . import (
    test_terms,
    test_policy,
    test_policy_effect,
)
