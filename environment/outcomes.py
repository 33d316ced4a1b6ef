"""How the parts of a test run ended, and the lines that close it."""

import os
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from .progress import say


@dataclass(frozen=True)
class Outcome:
    """The counts of one phase."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    note: str = ""

    def __add__(self, other):
        """Add the counts of two phases."""
        return Outcome(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self):
        """Return the counts as the closing line names them."""
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}{self.note and f' ({self.note})'}"


def check(code):
    """Return the outcome of a program that only passes or fails."""
    return Outcome(failed=1) if code else Outcome(passed=1)


def from_report(file, code):
    """Return the outcome of a pytest run from its JUnit report and exit code."""
    if not file.exists():
        return check(code)
    total = _counts(ET.parse(file).getroot().iter("testcase"))
    # A run can fail without a failed test: an error while collecting, a crash.
    crashed = code not in (0, 5) and not total.failed
    return total + Outcome(failed=1) if crashed else total


def _counts(cases):
    """Return the counts of a JUnit report; a test counts once, however many subtests it has."""
    worst = {}
    for case in cases:
        test = case.get("classname"), case.get("name")
        worst[test] = max(worst.get(test, 0), _rank(case))
    ranks = list(worst.values())
    return Outcome(passed=ranks.count(0), failed=ranks.count(2), skipped=ranks.count(1))


def _rank(case):
    """Return 2 for a failed test case, 1 for a skipped one, 0 for a good one."""
    results = {result.tag for result in case}
    return 2 if results & {"failure", "error"} else int("skipped" in results)


def close(results):
    """Print the table of phases, ready to be pasted into a note, and the closing line; return the exit code."""
    say(f"\n| {f'phase, on {os.cpu_count()} cores':<28} | seconds | result |\n|{'-' * 30}|--------:|--------|")
    for name, seconds, outcome in results:
        say(f"| {name:<28} | {seconds:>7.0f} | {outcome} |")
    total = sum((outcome for _name, _seconds, outcome in results), Outcome())
    say(f"\n{total}")
    return 1 if total.failed or not total.passed else 0
