from . import test_branch, test_customer_moves
