from . import (
    test_terms,
    test_loosening,
    test_policy,
    test_policy_effect,
)
