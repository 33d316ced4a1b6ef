"""Measuring: wall time as a median of interleaved runs, queries, and the peak of memory."""

import contextlib
import gc
import statistics
import time
from pathlib import Path

MEGABYTE = 1024


def interleave(variants, repeats):
    """Run the variants in turn, so that the noise of the machine hits all of them alike.

    :param dict variants: `Variant` by name; the first one is measured for memory, in its first run
    :return: ``{name: {"ms", "queries", "memory_mb"}}``, the time as median
    """
    peak = _peak_of(next(iter(variants.values())))
    for variant in list(variants.values())[1:]:
        variant.run()
    samples = {name: [] for name in variants}
    for _turn in range(repeats):
        for name, variant in variants.items():
            samples[name].append(variant.run())
    results = {name: _summarise(found) for name, found in samples.items()}
    next(iter(results.values()))["memory_mb"] = peak
    return results


class Variant:
    """One way to do an operation: what is timed, and what goes before and after it untimed."""

    def __init__(self, cr, action, before=None, after=None):
        """Keep the cursor whose queries are counted."""
        self.cr, self.action, self.before, self.after = cr, action, before, after

    def run(self):
        """Run once; return seconds and number of queries."""
        if self.before:
            self.before()
        gc.collect()
        queries = self.cr.sql_log_count
        started = time.perf_counter()
        self.action()
        seconds = time.perf_counter() - started
        queries = self.cr.sql_log_count - queries
        if self.after:
            self.after()
        return seconds, queries


def _summarise(samples):
    return {
        "ms": 1000 * statistics.median(seconds for seconds, _queries in samples),
        "queries": statistics.median_high(queries for _seconds, queries in samples),
    }


def _peak_of(variant):
    """Return by how many MB the process grew at most during one run."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
    before = _status("VmRSS")
    variant.run()
    return round(max(0, _status("VmHWM") - before) / MEGABYTE, 1)


def _status(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
