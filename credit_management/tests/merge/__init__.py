from . import test_customer_moves
