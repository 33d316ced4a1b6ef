from . import (
    test_adversary_goods,
    test_adversary_moved,
    test_core_flows,
    test_delivery,
    test_delivery_guard,
    test_delivery_note,
    test_delivery_hold,
    test_delivery_steps,
    test_delivery_ways,
    test_policies,
    test_statement,
    test_way_back,
)
