from . import test_bank_line, test_due, test_online_payments, test_payment_stays
