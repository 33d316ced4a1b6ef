from . import test_adversary_orders, test_sale_orders
