from . import (
    test_prepared_statement,
)
