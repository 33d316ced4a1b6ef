from . import test_claims, test_notice_paying
