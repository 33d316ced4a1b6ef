from . import test_making, test_letter, test_answer, test_schedule
