from . import (
    account_account,
    credit_movement_source,
    credit_open_item_source,
    res_company,
)
