from . import (
    account_move,
    account_move_figures,
    sale_order,
    sale_order_figures,
    sale_order_customer,
    payment_transaction,
    partner_merge,
)
