from . import test_limit, test_named
