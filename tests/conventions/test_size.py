"""Functions and files stay small enough to be read at once."""

import statistics

from source import code_lines, functions, listed, place, python_files

FUNCTION_LIMIT = 40
NINETIETH_PERCENTILE = 25
FILE_LIMIT = 400
TEST_FILE_LIMIT = 600


def lengths():
    """Return (code lines, place) of every function outside of the tests, longest first."""
    found = [
        (code_lines(path, node), f"{place(path, node.lineno)} {node.name}")
        for path in python_files(tests=False) for node in functions(path)
    ]
    return sorted(found, reverse=True)


def test_no_function_is_longer_than_the_limit():
    long = [f"{where}: {lines} lines" for lines, where in lengths() if lines > FUNCTION_LIMIT]
    assert not long, listed(long)


def test_nine_of_ten_functions_are_short(record_property):
    counts = [lines for lines, _where in lengths()]
    median, ninetieth = statistics.median(counts), statistics.quantiles(counts, n=10)[-1]
    record_property("function_lines_median", median)
    record_property("function_lines_90th_percentile", ninetieth)
    longest = "; ".join(f"{where} ({lines})" for lines, where in lengths()[:5])
    assert ninetieth <= NINETIETH_PERCENTILE, f"median {median}, 90th percentile {ninetieth}; the longest: {longest}"


def test_no_file_is_longer_than_the_limit():
    code = set(python_files(tests=False))
    counts = {path: len(path.read_text().splitlines()) for path in python_files()}
    long = [
        f"{place(path)}: {lines} lines" for path, lines in counts.items()
        if lines > (FILE_LIMIT if path in code else TEST_FILE_LIMIT)
    ]
    assert not long, listed(long)
