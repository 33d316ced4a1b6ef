from . import test_aging
from . import test_aging_groupings
from . import test_aging_marks
from . import test_aging_numbers
from . import test_aging_planned
from . import test_aging_random
from . import test_aging_readers
from . import test_bucket_set
