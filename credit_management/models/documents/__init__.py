from . import (
    account_move,
    account_move_figures,
    account_move_dispute,
    account_move_line,
    sale_order,
    sale_order_figures,
    sale_order_customer,
    payment_transaction,
    partner_merge,
)
