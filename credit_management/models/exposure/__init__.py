from . import (
    credit_exposure,
    credit_exposure_ledger,
    credit_exposure_matches,
    credit_exposure_orders,
    credit_named_money,
    credit_mark,
    credit_profile_figures,
    sale_order,
    sale_order_line,
    account_move,
    account_move_line,
)
