from . import test_ceiling, test_proposal, test_terms
