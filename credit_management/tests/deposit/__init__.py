from . import test_deposit_rules
