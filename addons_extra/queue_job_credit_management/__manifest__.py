{
    "name": "Credit Management: Dunning in Jobs",
    "summary": "The notices of a run are sent by jobs of OCA's queue, several at once, and none twice",
    "description": "How it works: README.md.",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "license": "LGPL-3",
    "author": "Credit Management contributors",
    "depends": ["credit_management", "queue_job"],
    "data": [
        "data/queue_job_data.xml",
    ],
    "auto_install": True,
    "installable": True,
}
