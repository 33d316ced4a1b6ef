from . import (
    credit_dunning_run,
    credit_dunning_omission,
    credit_dunning_prepare,
    credit_notice_sending,
    credit_notice_words,
    credit_notice_delivery,
    credit_notice_channels,
    credit_notice_letter,
    credit_notice_answer,
    mail_mail,
    credit_dunning_job,
    credit_dunning_screen,
)
