from . import account_move_due, account_partial_reconcile, account_payment, payment_transaction
