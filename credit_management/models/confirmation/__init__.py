from . import (
    credit_confirmation,
    credit_confirmation_population,
    credit_confirmation_letter,
    credit_confirmation_test,
    credit_confirmation_figures,
)
