from . import credit_criterion
from . import credit_exposure
from . import credit_factor
from . import credit_policy_rule
from . import credit_test_guarantee
