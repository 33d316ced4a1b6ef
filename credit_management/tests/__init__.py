from . import test_exposure, test_exposure_items, test_exposure_sameness
