from . import test_policies, test_shop
