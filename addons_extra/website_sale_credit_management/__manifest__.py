{
    "name": "Credit Management: Shop",
    "summary": "Pay on account in the web shop when the customer's credit allows it; unpaid web orders are checked",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "license": "LGPL-3",
    "author": "Credit Management contributors",
    "depends": ["credit_management", "website_sale"],
    "data": [
        "data/payment_method_data.xml",
        "data/payment_provider_data.xml",
        "views/res_config_settings_views.xml",
        "views/website_sale_templates.xml",
    ],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
    "installable": True,
}
