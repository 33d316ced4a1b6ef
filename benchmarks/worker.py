"""One operation in a process of its own: `python -m benchmarks.worker DATABASE CORE OPERATION REPEATS`."""

import json
import sys

from . import aging, dunning, operations, scoring
from .bench import Bench
from .measure import interleave
from .session import environment


def main():
    """Measure, and print the result as the last line."""
    database, core, operation, repeats = sys.argv[1:]
    with environment(database) as env, environment(core) as core_env:
        known = {**operations.OPERATIONS, **aging.OPERATIONS, **dunning.OPERATIONS, **scoring.OPERATIONS}
        variants = known[operation](Bench(env, core_env))
        print(json.dumps(interleave(variants, int(repeats))))


if __name__ == "__main__":
    main()
