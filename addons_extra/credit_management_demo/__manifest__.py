{
    "name": "Credit Management: Demo Company",
    "summary": "Turns the main company of an empty database into a trading company with 18 months of customers",
    # Without it Odoo would read README.md as reStructuredText and complain about it.
    "description": "A trading company to try credit management with. For empty databases only; see README.md.",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Credit Management contributors",
    "license": "LGPL-3",
    "depends": [
        "account",
        "credit_management",
        "payment_demo",
        "sale_management",
    ],
    "post_init_hook": "post_init_hook",
    "installable": True,
}
