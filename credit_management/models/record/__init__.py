from . import (
    words,
    credit_log,
    credit_log_seal,
    credit_log_person,
    credit_log_acts,
    mail_message,
)
