"""The results as tables in `benchmarks/README.md`; each size keeps its last run in `results/`."""

import json
from pathlib import Path

from .operations_list import OPERATIONS

FOLDER = Path(__file__).resolve().parent
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
ANY = 99
# run of the throughput: label, least share of Odoo's orders a second, most times Odoo's p95
THROUGHPUT = {
    "one_client": ("1, on 500 customers", 1 / 1.5, ANY),
    "many": ("8, on 500 customers", 0.8, ANY),
    "few": ("8, on 5 customers", 0.7, 2),
    "many_beside": ("8, on 500, nightly work and lists beside", 0, ANY),
    "few_beside": ("8, on 5, nightly work and lists beside", 0, ANY),
}
HEAD = "| operation | ours | beside | ratio | target | queries | memory |\n|---|---:|---:|---:|---:|---:|---:|"


def load(size):
    """Return the last results of a size; empty without any."""
    file = FOLDER / "results" / f"{size}.json"
    return json.loads(file.read_text()) if file.exists() else {}


def save(size, results):
    """Keep the results of a size."""
    (FOLDER / "results").mkdir(exist_ok=True)
    (FOLDER / "results" / f"{size}.json").write_text(json.dumps(results, indent=1) + "\n")


def write():
    """Put the tables of all measured sizes into the README."""
    tables = [_table(size, results) for size in ("small", "medium", "large") if (results := load(size))]
    file = FOLDER / "README.md"
    before, _old, rest = file.read_text().partition(BEGIN)
    tables += [_throughput(results)] if (results := load("throughput")) else []
    file.write_text(f"{before}{BEGIN}\n\n" + "\n".join([*tables, _growth()]) + f"\n{END}{rest.partition(END)[2]}")


def line(name, result):
    """Return one result as a line for the screen."""
    times = "  ".join(f"{variant} {_time(values)}" for variant, values in result.items())
    return f"{name:<18} {times}"


def _table(size, results):
    counts = results["size"]
    title = (
        "### {} — {customers:,} customers, {invoices:,} invoices, {lines:,} move lines, {orders:,} orders, "
        "{open_items:,} open items and orders"
    )
    rows = [_row(operation, results[operation.name], size) for operation in OPERATIONS if operation.name in results]
    return "\n".join([title.format(size.capitalize(), **counts), "", HEAD, *rows, ""])


def _row(operation, result, size):
    ours, other = result["ours"], _better(result, operation.peer)
    value, verdict = _judge(operation.target, result, size)
    cells = [
        operation.title, _time(ours), _time(other) if other else "–", value, verdict,
        ours["queries"] or "–", f"{ours['memory_mb']:.0f} MB" if "memory_mb" in ours else "–",
    ]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _judge(target, result, size):
    """Return the measured value of a target, and the target with a mark."""
    if target is None or (target.beside and not _better(result, target.beside)):  # an earlier run had nothing beside it
        other = result.get("floor") or result.get("peer")
        return (f"{result['ours']['ms'] / other['ms']:.2f}" if other else "–"), "–"
    value = _measured(target, result)
    unit = {"queries": "queries", "seconds": "s more"}.get(target.kind, "×")
    shown = f"{value:.0f}" if target.kind == "queries" else f"{value:.2f}"
    if target.size not in ("", size):
        return f"{shown} {unit}", f"≤ {target.limit:g} at {target.size}"
    return f"{shown} {unit}", f"{'✓' if value <= target.limit else '✗'} ≤ {target.limit:g}"


def _measured(target, result):
    ours = result["ours"]
    if target.kind == "queries":
        return ours["queries"]
    if target.kind == "seconds":
        return (ours["ms"] - result[target.beside]["ms"]) / 1000
    added = ours["ms"] - (result["core"]["ms"] if target.kind == "added" else 0)
    return added / _better(result, target.beside)["ms"]


def _better(result, names):
    """Return the fastest of what stands beside; None where there is nothing."""
    return min((result[name] for name in names.split() if name in result), key=lambda found: found["ms"], default=None)


def _throughput(results):
    """Return what a running server does beside Odoo alone."""
    title = "### Running server — {size} set, {workers} workers, {seconds} seconds each".format(**results)
    rows = [_throughput_row(run, found["ours"], found["core"]) for run, found in results["runs"].items()]
    head = "| clients | orders a second: ours | Odoo alone | share | target | median | p95 | replays | errors |"
    return "\n".join([title, "", head, "|---|" + "---:|" * 8, *rows, ""])


def _throughput_row(run, ours, core):
    label, share, times = THROUGHPUT[run]
    value, slower = ours["orders_per_second"] / core["orders_per_second"], ours["p95_ms"] / core["p95_ms"]
    is_met = value >= share and slower <= times
    cells = [
        label, f"{ours['orders_per_second']:.1f}", f"{core['orders_per_second']:.1f}", f"{100 * value:.0f} %",
        f"{'✓' if is_met else '✗'} ≥ {100 * share:.0f} %" + (f", p95 ≤ {times:g} ×" if times < ANY else ""),
        *(f"{ours[name]:.0f} ms ({ours[name] / core[name]:.2f} ×)" for name in ("median_ms", "p95_ms")),
        f"{ours['replays']} / {core['replays']}", len(ours["errors"]),
    ]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _growth():
    """Return how the exposure of all customers grows with the number of open items."""
    rows = []
    for size in ("small", "medium", "large"):
        if "exposure_all" in (results := load(size)):
            items, milliseconds = results["size"]["open_items"], results["exposure_all"]["ours"]["ms"]
            rows.append(f"| {size} | {items:,} | {milliseconds:,.0f} ms | {1000 * milliseconds / items:.1f} µs |")
    head = "### Growth: exposure of all customers\n\n| size | open items | time | per open item |\n|---|---:|---:|---:|"
    return "\n".join([head, *rows])


def _time(values):
    milliseconds = values["ms"]
    return f"{milliseconds / 1000:,.2f} s" if milliseconds >= 1000 else f"{milliseconds:.1f} ms"
