from . import credit_factor, credit_factor_ledger, credit_factor_kept, credit_factor_file
