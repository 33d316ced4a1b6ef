from . import (
    test_access,
    test_around,
    test_counter,
    test_exposure,
    test_facts,
    test_handing_out,
    test_policies,
    test_sync,
    test_tour,
)
