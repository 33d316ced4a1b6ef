from . import (
    credit_notice,
    credit_notice_line,
    credit_dunning_claim,
    credit_dunning_claim_booking,
    credit_claim_order,
    credit_notice_channel,
    credit_notice_paying,
    account_move,
)
