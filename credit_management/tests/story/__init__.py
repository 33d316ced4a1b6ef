from . import test_assessed
from . import test_dunning_days
from . import test_dunning_installments
from . import test_dunning_money
from . import test_dunning_runs
