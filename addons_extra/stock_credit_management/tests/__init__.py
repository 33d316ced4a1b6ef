from . import (
    test_delivery,
    test_delivery_guard,
    test_delivery_hold,
    test_delivery_steps,
    test_delivery_ways,
    test_policies,
)
