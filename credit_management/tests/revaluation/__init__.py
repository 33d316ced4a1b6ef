from . import test_revaluation
