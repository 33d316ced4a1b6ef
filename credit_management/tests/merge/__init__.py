from . import test_branch, test_customer_moves, test_merge_log
