from . import (
    credit_financials,
    credit_financials_line,
    credit_financials_figures,
    credit_financials_mapping,
    credit_financials_rows,
    credit_profile_financials,
)
