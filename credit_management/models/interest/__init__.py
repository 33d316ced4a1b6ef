from . import (
    credit_interest,
    credit_reference_rate,
    credit_interest_reference,
    credit_interest_choice,
    credit_interest_debt,
    credit_payment_order,
    credit_late_clause,
)
