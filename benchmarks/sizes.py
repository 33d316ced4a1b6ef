"""The three sizes of the data, as the generator and the report know them."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Size:
    """How much the generator makes, and how often each operation is repeated."""

    name: str
    customers: int
    invoices: int
    big: int  # invoices of the biggest customer, and how many of them are open
    big_open: int
    heavy: int  # open invoices and open orders of the customer that has many open items
    heavy_orders: int
    repeats: int

    def variables(self):
        """Return what psql needs to know, as options."""
        names = ("customers", "invoices", "big", "big_open", "heavy", "heavy_orders")
        return [f"--set={name}={asdict(self)[name]}" for name in names]


SIZES = {
    size.name: size
    for size in (
        Size("small", 1_000, 20_000, 500, 50, 500, 50, 15),
        Size("medium", 10_000, 200_000, 5_000, 480, 5_000, 500, 15),
        Size("large", 50_000, 1_000_000, 25_000, 2_400, 5_000, 500, 5),
    )
}
