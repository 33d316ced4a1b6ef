from . import (
    limit_value,
    credit_recheck,
    credit_reason,
    res_company,
    res_config_settings,
    res_users,
    credit_authority,
)
