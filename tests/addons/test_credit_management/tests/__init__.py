from . import test_checkpoint
from . import test_component
from . import test_criterion
from . import test_factor
from . import test_mark
