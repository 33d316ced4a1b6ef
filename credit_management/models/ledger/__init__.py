from . import (
    account_move_bank,
    account_move_due,
    account_move_left_out,
    account_move_trade,
    account_partial_reconcile,
    account_payment,
    payment_transaction,
)
