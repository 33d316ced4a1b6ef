{
    "name": "Credit Management: Orders at the Point of Sale",
    "summary": "Sale orders settled at the counter: never an error in its session, never counted twice",
    "description": "How it works: README.md.",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "license": "LGPL-3",
    "author": "Credit Management contributors",
    "depends": ["pos_credit_management", "pos_sale"],
    "auto_install": True,
    "installable": True,
}
