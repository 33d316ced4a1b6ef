from . import test_credit_file
