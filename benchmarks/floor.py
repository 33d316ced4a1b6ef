"""The floor: the same figures by plain SQL, written by hand for this purpose and for nothing else.

No hooks, no switches that a bridge could add, no document level: what a database expert would type
to get the components of the exposure, all at once (`sql/floor/`). Each measured operation stands
beside its floor.
"""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "sql" / "floor"
SOURCES = ("items", "disputes", "payments", "transactions", "drafts", "orders")
COMPONENTS = (
    "not_due", "overdue", "disputed", "unallocated", "in_process", "bills", "received", "drafts", "order_drafts",
    "orders", "delivered", "later",
)


def exposure(customer="IS NOT NULL"):
    """Return the statement for the exposure by component of all customers, or of one.

    :param str customer: condition on the partner of the documents, put behind the column
    """
    sums = ", ".join(f"COALESCE(SUM({name}), 0) AS {name}" for name in COMPONENTS)
    sources = " UNION ALL ".join(map(_read, SOURCES)).replace("{open}", _read("open")).replace("{customer}", customer)
    return (
        f"SELECT t.*, {_read('counted')} AS exposure"
        f" FROM (SELECT company_id, partner_id, {sums} FROM ({sources}) s GROUP BY 1, 2) t"
        " JOIN res_company c ON c.id = t.company_id"
    )


def exposure_of_one():
    """Return the statement for one customer: the parameter `customer` has its id and those of its contacts."""
    return exposure("= ANY(%(customer)s)")


def over_limit():
    """Return the statement that finds the profiles whose exposure is above the limit, in the list's order."""
    return _fill("over_limit")


def snapshot():
    """Return the statement that writes the figures of the day: they are worked out, and inserted, at once."""
    return _fill("snapshot")


def behaviour():
    """Return the statement that works out and keeps the payment index of all."""
    return _fill("behaviour")


def factors():
    """Return the statement that works out the factors of a scorecard of all, and writes them."""
    return _fill("factors")


def dunning():
    """Return the statements that say what is done about each customer of a company by a plan, and who has perhaps
    paid."""
    return _fill("dunning"), _fill("bank")


def aging(way):
    """Return the statement for all customers' columns as of a day: the parameter `day`.

    :param str way: `rewind` from today's residuals, or `add_up` what was booked and matched
    """
    return _read("aging_by_customer").replace("{items}", _read(f"aging_{way}"))


def aging_rows():
    """Return the statement for open items as of a day, with names."""
    return _read("aging_rows").replace("{items}", _read("aging_rewind"))


def aging_one():
    """Return the statement for a customer's open items as of a day."""
    return _read("aging_one")


def ledger():
    """Return the statement for the posted balances up to a day."""
    return _read("ledger")


def _fill(name):
    """Return a statement with the others that stand in it."""
    parts = {"limits": _read("limits"), "exposure": exposure(), "due": _read("due"), "points": _read("points"),
             "open": _read("open"), "customer": "IS NOT NULL"}
    statement = _read(name)
    for part, text in parts.items():
        statement = statement.replace(f"{{{part}}}", text)
    return statement


def _read(name):
    """Return a statement without its comment."""
    return (FOLDER / f"{name}.sql").read_text().partition("\n")[2]
