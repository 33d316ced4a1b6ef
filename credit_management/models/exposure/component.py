"""The components of the exposure: one table of everything that is said of them.

Order, switches, figures, sheet, bar and portal follow from it. An add-on extends it by one entry in
``credit.exposure._get_components()``.
"""

from dataclasses import dataclass
from typing import Literal

from odoo.tools import SQL
from odoo.tools.translate import LazyGettext, LazyTranslate

_lt = LazyTranslate(__name__)

# how components are drawn, in the order of the bar; each is a colour in the style sheet
DRAWN = ("overdue", "disputed", "open", "orders", "drafts", "credits")


@dataclass(frozen=True)
class Component:
    """What a source may put an amount under.

    - name: as the sources write it
    - label, help: of its figure in the credit file
    - label_row: what its documents are called on the exposure sheet, where that differs
    - switch: the field of the company that makes it count; None: it always counts; False: it never does
    - drawn_as: one of `DRAWN`, how the bar shows it; empty: the bar leaves it out. What is negative is taken off it
    - is_item: whether its rows are open items of the ledger, which a statement to the customer shows
    - is_due: whether its rows have a due date that can be missed
    - date_kind: what the date of its rows is: ``due`` for payment, of the ``delivery``, or on which it was ``booked``
    - listed: where the credit file lists it
    - figure: the name of its figure where that is not ``amount_<name>``; a field of this name on the profile
      makes it searchable (`component_figure` makes one)
    """

    name: str
    label: LazyGettext
    help: LazyGettext
    label_row: LazyGettext | None = None
    switch: str | Literal[False] | None = None
    drawn_as: str = ""
    is_item: bool = False
    is_due: bool = False
    date_kind: Literal["due", "delivery", "booked"] = "due"
    listed: Literal["ledger", "orders"] = "ledger"
    figure: str = ""

    @property
    def amount_field(self):
        """Return the name of its figure."""
        return self.figure or f"amount_{self.name}"

    def is_counted(self, company):
        """Tell whether a company counts it in the exposure."""
        return True if self.switch is None else bool(self.switch and company[self.switch])

    def is_counted_sql(self, company):
        """Return the same as a condition on the company with this alias."""
        if not self.switch:
            return SQL("TRUE") if self.switch is None else SQL("FALSE")
        return SQL("COALESCE(%s, FALSE)", SQL.identifier(company, self.switch))


COMPONENTS = (
    Component(
        "not_due",
        _lt("Not Due"),
        _lt("Open invoice installments whose due date is today or later."),
        label_row=_lt("Not due"),
        drawn_as="open",
        is_item=True,
        is_due=True,
    ),
    Component(
        "overdue",
        _lt("Past Due"),
        _lt("Open installments past their due date, before the customer's unallocated credits."),
        label_row=_lt("Past due"),
        drawn_as="overdue",
        is_item=True,
        is_due=True,
        figure="amount_overdue_gross",  # `amount_overdue` is what is left of it after netting
    ),
    Component(
        "disputed",
        _lt("Disputed"),
        _lt("Open amounts under dispute. They do not count as overdue."),
        switch="credit_count_disputed",
        drawn_as="disputed",
        is_item=True,
    ),
    Component(
        "in_process",
        _lt("Payments in Process"),
        _lt("Registered payments that the bank has not confirmed yet."),
        label_row=_lt("Payments in process"),
        switch="credit_count_in_process",
        drawn_as="open",
        date_kind="booked",
    ),
    Component(
        "bills",
        _lt("Bills Receivable"),
        _lt("Payments by a method whose risk ends only some days after the payment."),
        label_row=_lt("Bills receivable"),
        switch="credit_count_bills",
        drawn_as="open",
    ),
    Component(
        "unallocated",
        _lt("Unallocated Credits"),
        _lt("Payments and credit notes not matched to an invoice yet (negative)."),
        label_row=_lt("Unallocated credits"),
        switch="credit_count_unallocated",
        drawn_as="credits",
        is_item=True,
        date_kind="booked",
    ),
    Component(
        "received",
        _lt("Captured Payments"),
        _lt("Online payments and deposits received that have no entry yet (negative)."),
        label_row=_lt("Captured payments"),
        switch="credit_count_received",
        drawn_as="credits",
        date_kind="booked",
    ),
    Component(
        "delivered",
        _lt("Delivered, Not Invoiced"),
        _lt("Goods and services delivered and not invoiced, tax included, also of orders that were cancelled since."),
        label_row=_lt("Delivered, not invoiced"),
        switch="credit_count_orders",
        drawn_as="orders",
        listed="orders",
        date_kind="delivery",
    ),
    Component(
        "orders",
        _lt("Open Orders"),
        _lt("Confirmed orders, tax included, neither delivered nor invoiced."),
        label_row=_lt("Open orders"),
        switch="credit_count_orders",
        drawn_as="orders",
        listed="orders",
        date_kind="delivery",
    ),
    Component(
        "order_drafts",
        _lt("Draft Invoices of Orders"),
        _lt("Draft invoices of confirmed orders."),
        label_row=_lt("Draft invoices of orders"),
        switch="credit_count_orders",
        drawn_as="drafts",
        listed="orders",
    ),
    Component(
        "drafts",
        _lt("Draft Invoices"),
        _lt("Draft invoices that do not come from a confirmed order."),
        label_row=_lt("Draft invoices"),
        switch="credit_count_drafts",
        drawn_as="drafts",
        listed="orders",
    ),
    Component(
        "orders_later",
        _lt("Orders Beyond the Horizon"),
        _lt("Orders to be delivered after the credit horizon of the company. They do not count yet."),
        label_row=_lt("Orders beyond the horizon"),
        switch=False,
        listed="orders",
        date_kind="delivery",
    ),
)
BY_NAME = {component.name: component for component in COMPONENTS}
