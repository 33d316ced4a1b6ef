from . import test_claims, test_level_stays, test_notice_paying
