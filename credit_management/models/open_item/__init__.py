from . import (
    account_account,
    account_move_line,
    account_move_numbers,
    account_partial_reconcile,
    credit_movement_source,
    credit_open_item_source,
    res_company,
)
