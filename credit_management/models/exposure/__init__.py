from . import (
    credit_exposure,
    credit_exposure_ledger,
    credit_exposure_orders,
    credit_exposure_line,
    credit_profile_figures,
    credit_dispute,
    credit_profile_disputes,
    credit_snapshot,
    credit_snapshot_past,
    account_move_dispute,
    account_move_line,
    account_payment_method_line,
)
