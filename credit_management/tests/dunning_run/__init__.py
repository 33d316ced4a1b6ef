from . import test_answer, test_channels, test_delivery, test_forecast, test_meanwhile, test_result, test_undone_by
