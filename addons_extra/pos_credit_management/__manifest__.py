{
    "name": "Credit Management: Point of Sale",
    "summary": "Sales on customer account are checked at the counter, with a manager's release on the spot",
    "description": "How it works: README.md.",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "license": "LGPL-3",
    "author": "Credit Management contributors",
    "depends": ["credit_management", "point_of_sale"],
    "data": [
        "data/credit_policy_data.xml",
        "data/credit_reason_data.xml",
        "views/credit_policy_views.xml",
        "views/pos_order_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "point_of_sale._assets_pos": ["pos_credit_management/static/src/app/**/*"],
        "web.assets_tests": ["pos_credit_management/static/tests/tours/**/*"],
    },
    "auto_install": True,
    "installable": True,
}
