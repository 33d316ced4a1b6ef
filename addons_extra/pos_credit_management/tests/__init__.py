from . import (
    test_adversary_counter,
    test_access,
    test_around,
    test_counter,
    test_exposure,
    test_facts,
    test_handing_out,
    test_kept,
    test_policies,
    test_sync,
    test_tour,
)
