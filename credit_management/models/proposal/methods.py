"""The methods of limits by name, in the order in which they are shown."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

METHODS = {
    "net_worth": _lt("Net Worth"),
    "working_capital": _lt("Net Current Assets"),
    "uk_rule": _lt("Lower of Net Worth and Net Current Assets"),
    "turnover": _lt("Our Sales to the Customer"),
    "payment_history": _lt("Payment History"),
    "need": _lt("What the Customer Needs"),
    "trade_reference": _lt("What Other Suppliers Grant"),
    "rating_table": _lt("Lines of the Rating"),
}
CAPS = {
    "sales": _lt("Own Cap"),
    "equity": _lt("Own Cap by Equity"),
    "receivables": _lt("Own Cap by Receivables"),
    "customer": _lt("Cap of the Customer"),
    "group": _lt("Limit of the Credit Group"),
}
