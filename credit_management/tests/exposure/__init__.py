from . import (
    test_component,
    test_exposure,
    test_exposure_items,
    test_exposure_sameness,
    test_faults_of_facts,
    test_left_out,
    test_life,
    test_mark,
    test_order_arithmetic,
    test_received,
    test_shared,
    test_void_matches,
)
