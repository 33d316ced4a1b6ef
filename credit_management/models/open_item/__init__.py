from . import (
    account_account,
    credit_open_item_source,
    res_company,
)
