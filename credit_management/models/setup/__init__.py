from . import (
    credit_reason,
    res_company,
    credit_day,
    credit_log,
    res_config_settings,
    res_users,
    credit_authority,
)
