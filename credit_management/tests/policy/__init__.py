from . import (
    test_policy,
    test_policy_effect,
)
