from . import test_ceiling, test_dates, test_proposal, test_retention, test_terms, test_terms_loosening
