from . import (
    account_account,
    account_move_line,
    account_move_numbers,
    credit_movement_source,
    credit_open_item_source,
    res_company,
)
