from . import (
    test_kept_connection,
    test_prepared_statement,
)
