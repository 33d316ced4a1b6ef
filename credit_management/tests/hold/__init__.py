from . import (
    test_authority_random,
    test_hold_states,
    test_hold_wizards,
    test_recheck,
    test_recheck_queue,
    test_release,
    test_release_authority,
    test_release_own,
    test_talk,
    test_waits,
)
