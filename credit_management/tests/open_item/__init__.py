from . import test_open_items
from . import test_open_items_random
