"""What is measured, in the order of the report, without importing Odoo."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """What must hold: ratio of our time to another variant's, queries, or seconds added."""

    limit: float
    beside: str = ""  # several: the better of them
    kind: str = "ratio"  # ratio, added (ours less core, beside another), queries, seconds
    size: str = ""  # the only size it is for; all otherwise


@dataclass(frozen=True)
class Operation:
    """A measured operation as the report shows it."""

    name: str
    title: str
    target: Target | None = None
    peer: str = "floor"


BETTER = "rewind add_up"
OPERATIONS = (
    Operation("exposure_all", "Exposure of all customers, one pass", Target(1.5, "floor")),
    Operation(
        "exposure_one", "Exposure of one customer with thousands of open items; beside five", Target(2, "five"), "five"
    ),
    Operation("list_page", "List page of 80 profiles, all figures", Target(12, kind="queries")),
    Operation("figures_all", "All figures of all profiles as Python values; beside the SQL of the exposure alone"),
    Operation("search_over_limit", "Search “over limit” over all", Target(1.5, "floor")),
    Operation("confirm_five", "Confirm one order, five open items; beside Odoo alone", Target(1.6, "core"), "core"),
    Operation("confirm_big", "Confirm one order, biggest customer: time added, beside its raw exposure statement",
              Target(1.5, "floor", "added", "large")),  # 25,000 invoices, 2,400 open: there is one at large only
    Operation("confirm_batch", "Confirm 200 orders in one call; beside Odoo alone", Target(1.5, "core"), "core"),
    Operation("rules", "Confirm under 15 rules beside one", Target(1.2, "one_rule", size="medium"), "one_rule"),
    Operation("rules_big", "The same, biggest customer", Target(1.2, "one_rule", size="medium"), "one_rule"),
    Operation("snapshot_all", "Figures of the day of all profiles, written", Target(2, "floor")),
    Operation(
        "behaviour_all", "Payment index of all profiles, worked out from 24 months and kept", Target(1.5, "floor")
    ),
    Operation("aging_today", "Aged receivables of all customers with the tie, today", Target(1.3, BETTER), BETTER),
    Operation("aging_2", "The same, two months back", Target(1.3, BETTER), BETTER),
    Operation("aging_11", "The same, eleven months back", Target(1.3, BETTER), BETTER),
    Operation("aging_marks", "The same two months back, with all disputes, promises and covers", Target(1.6, BETTER),
              BETTER),
    Operation("aging_page", "First page of aged receivables, two months back", Target(1.5, BETTER), BETTER),
    Operation("aging_unfold", "Unfold the biggest customer; beside its open items alone", Target(2, "floor")),
    Operation("aging_xlsx", "All open items as a workbook; beside plain xlsxwriter", Target(1.5, "floor")),
    Operation("aging_peer", "Totals of one company's customers, two months back; beside the open peer", peer="peer"),
    Operation("dunning_decide", "What is done about each late customer, and why nobody writes to the others",
              Target(1.5, "floor")),
    Operation("dunning_prepare", "Notices and reasons of all of them; beside the same records in one batch",
              Target(1.5, "batch"), "batch"),
    Operation("score_all", "Score all customers by twelve factors, less the engine's time; beside the factors",
              Target(1.5, "floor", "added")),
    Operation("install", "Install the add-on; beside an empty database", Target(20, "empty", "seconds"), "empty"),
)
NAMES = [operation.name for operation in OPERATIONS if operation.name != "install"]
