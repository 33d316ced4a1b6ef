from . import test_answer, test_channels, test_delivery, test_result
