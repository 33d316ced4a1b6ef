from . import (
    limit_value,
    credit_recheck,
    credit_reason,
    credit_owner,
    res_company,
    credit_day,
    credit_log,
    credit_log_seal,
    mail_message,
    res_config_settings,
    res_users,
    credit_authority,
)
