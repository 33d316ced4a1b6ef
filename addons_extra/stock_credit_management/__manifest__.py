{
    "name": "Credit Management: Deliveries",
    "summary": "Checks a customer's credit when goods leave, and shows the warehouse what is on credit hold",
    "description": "How it works: README.md.",
    "version": "19.0.1.0.0",
    "category": "Inventory/Inventory",
    "license": "LGPL-3",
    "author": "Credit Management contributors",
    "depends": ["credit_management", "sale_stock"],
    "data": [
        "data/credit_policy_data.xml",
        "views/credit_policy_views.xml",
        "views/stock_picking_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "auto_install": True,
    "installable": True,
}
