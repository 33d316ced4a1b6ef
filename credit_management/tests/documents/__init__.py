from . import (
    test_customer_moves,
    test_discount,
    test_left_sale,
    test_price,
    test_rate_of_step,
    test_received,
    test_rounding,
)
