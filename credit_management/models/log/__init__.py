from . import (
    credit_log_text,
    credit_log_found,
    credit_log_rules,
    credit_log_story,
    credit_log_search,
    credit_profile_log,
    res_users,
)
