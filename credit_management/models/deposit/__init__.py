from . import credit_deposit_names, credit_deposit_rule, credit_deposit_text, credit_policy
