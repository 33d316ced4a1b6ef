from . import test_ceiling, test_dates, test_proposal, test_terms
