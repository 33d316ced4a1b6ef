from . import test_answer
from . import test_delivered
from . import test_group
from . import test_letter
from . import test_making
from . import test_paying
from . import test_portal
from . import test_schedule
