{
    "name": "Credit Management: Text Messages",
    "summary": "Dunning notices by text message, in the hours of whoever gets it, never twice",
    "description": "How it works: README.md.",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "license": "LGPL-3",
    "author": "Credit Management contributors",
    "depends": ["credit_management", "sms"],
    "data": [
        "data/sms_template_data.xml",
        "views/credit_dunning_level_views.xml",
        "views/credit_notice_views.xml",
    ],
    "auto_install": True,
    "installable": True,
}
