from . import test_interest, test_interest_debt, test_reference
