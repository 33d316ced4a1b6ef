from . import test_aging_schedule
from . import test_background_file
