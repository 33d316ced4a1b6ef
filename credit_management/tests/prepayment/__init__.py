from . import test_deposit_portal, test_deposit_queries, test_deposit_table, test_prepayment
