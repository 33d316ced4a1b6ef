from . import (
    account_move,
    credit_policy_rule,
    credit_hold_validated,
    credit_setup,
    delivery_note,
    res_company,
    sale_order_line,
    stock_bond,
    stock_delivery_cost,
    stock_move,
    stock_picking,
    stock_replacement,
)
