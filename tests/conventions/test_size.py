"""Functions, files and rooms stay small enough to be read at once."""

import collections
import statistics

import rooms
from source import ROOT, addon_python_files, code_lines, functions, listed, place, python_files

FUNCTION_LIMIT = 40
MEDIAN = 5
NINETIETH_PERCENTILE = 15
FILE_LIMIT = 400
TEST_FILE_LIMIT = 600
ROOM_LIMIT = 2000
SET_UP_LIMIT = 2200


def lengths(files):
    """Return (code lines, place) of every function of the files, longest first."""
    found = [
        (code_lines(path, node), f"{place(path, node.lineno)} {node.name}")
        for path in files for node in functions(path)
    ]
    return sorted(found, reverse=True)


def lines(path):
    """Return how many lines a file has, comments and blank ones included: a reader scrolls over all of them."""
    return len(path.read_text().splitlines())


def test_no_function_is_longer_than_the_limit():
    long = [f"{where}: {count} lines" for count, where in lengths(python_files(tests=False)) if count > FUNCTION_LIMIT]
    assert not long, listed(long)


def test_most_functions_of_the_add_ons_are_short(record_property):
    found = lengths(addon_python_files())
    counts = [count for count, _where in found]
    median, ninetieth = statistics.median(counts), statistics.quantiles(counts, n=10)[-1]
    record_property("function_lines_median", median)
    record_property("function_lines_90th_percentile", ninetieth)
    longest = "; ".join(f"{where} ({count})" for count, where in found[:5])
    message = f"median {median}, 90th percentile {ninetieth}; the longest: {longest}"
    assert median <= MEDIAN and ninetieth <= NINETIETH_PERCENTILE, message


def test_no_file_is_longer_than_the_limit():
    code = set(python_files(tests=False))
    counts = {path: lines(path) for path in python_files()}
    long = [
        f"{place(path)}: {count} lines" for path, count in counts.items()
        if count > (FILE_LIMIT if path in code else TEST_FILE_LIMIT)
    ]
    assert not long, listed(long)


def test_no_room_is_longer_than_the_limit(record_property):
    counts = collections.Counter()
    for path in rooms.room_files():
        counts[rooms.room_of(path)] += lines(path)
    record_property("room_lines", str(dict(counts)))
    long = [f"{room}: {count} lines" for room, count in counts.items() if count > ROOM_LIMIT]
    assert not long, listed(long, "which second subject is in there?")


def test_the_set_up_program_stays_small():
    count = sum(lines(path) for path in (ROOT / "environment").glob("*.py"))
    why = "what a system test alone needs is in tests/system; does a well-kept tool do it?"
    assert count <= SET_UP_LIMIT, f"environment/ has {count} lines, {SET_UP_LIMIT} are allowed: {why}"
