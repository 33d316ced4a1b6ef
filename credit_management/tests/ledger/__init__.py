from . import test_due, test_online_payments
