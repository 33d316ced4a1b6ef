{
    "name": "Credit Management: Demo of the Shop",
    "summary": "Opens the shop of the demo company: published articles, pay on account",
    "description": "What is in it: README.md.",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "Credit Management contributors",
    "license": "LGPL-3",
    "depends": ["credit_management_demo", "website_sale_credit_management"],
    "post_init_hook": "post_init_hook",
    "auto_install": True,
    "installable": True,
}
