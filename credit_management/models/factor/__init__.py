from . import credit_factor, credit_factor_ledger
