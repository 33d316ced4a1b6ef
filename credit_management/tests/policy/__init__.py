from . import (
    test_checkpoints,
    test_criteria,
    test_discount,
    test_policy,
    test_policy_effect,
    test_policy_tour,
)
