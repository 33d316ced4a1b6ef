from . import (
    test_bank_line,
    test_due,
    test_left_out,
    test_matches,
    test_online_payments,
    test_payment_stays,
    test_trade,
)
