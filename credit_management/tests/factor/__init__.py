from . import test_factors, test_factors_kept
