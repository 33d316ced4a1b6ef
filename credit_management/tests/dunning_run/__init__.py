from . import test_answer, test_channels, test_delivery, test_meanwhile, test_result
