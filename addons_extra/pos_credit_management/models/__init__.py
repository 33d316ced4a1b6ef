from . import (
    credit_exposure,
    credit_policy_rule,
    pos_config,
    pos_order,
    pos_order_finish,
    pos_order_kept,
    pos_order_counter,
    credit_fact,
    pos_payment,
    pos_payment_method,
    res_company,
    stock_picking,
)
