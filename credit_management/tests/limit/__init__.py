from . import test_limit
