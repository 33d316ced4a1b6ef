from . import test_cap, test_cap_loosening
