from . import (
    credit_reason,
    res_company,
    credit_day,
    res_config_settings,
    res_users,
    credit_authority,
)
