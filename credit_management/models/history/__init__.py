from . import (
    credit_snapshot,
    credit_snapshot_past,
)
