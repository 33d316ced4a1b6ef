from . import test_reach
