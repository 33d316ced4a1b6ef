{
    "name": "Credit Management: Demo of the Counter",
    "summary": "Opens the counter of the demo company: cash, card and customer account",
    "description": "What is in it: README.md.",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "Credit Management contributors",
    "license": "LGPL-3",
    "depends": ["credit_management_demo", "pos_credit_management"],
    "post_init_hook": "post_init_hook",
    "auto_install": True,
    "installable": True,
}
