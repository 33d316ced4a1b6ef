from . import (
    test_exposure,
    test_exposure_items,
    test_exposure_sameness,
    test_faults_of_facts,
    test_life,
    test_received,
    test_snapshot,
)
