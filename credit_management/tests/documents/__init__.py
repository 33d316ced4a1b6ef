from . import (
    test_confirmed,
    test_facts,
    test_for_other,
    test_left_sale,
    test_lowered,
    test_price,
    test_rate_of_step,
    test_received,
    test_received_money,
    test_rounding,
)
