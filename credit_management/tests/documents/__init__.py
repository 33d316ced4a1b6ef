from . import test_customer_moves, test_left_sale
