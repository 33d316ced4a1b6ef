from . import test_credit_file, test_membership
