from . import test_financials, test_import
