from . import credit_interest, credit_interest_debt
