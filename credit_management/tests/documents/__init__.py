from . import test_customer_moves
from . import test_rate_of_step
