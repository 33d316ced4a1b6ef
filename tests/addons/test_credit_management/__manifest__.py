{
    "name": "Credit Management: Tests of the Tables",
    "summary": "Brings one criterion, component, factor, mark and checkpoint, as any add-on can; for tests only",
    "description": "How it works: README.md.",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "license": "LGPL-3",
    "author": "Credit Management contributors",
    "depends": ["credit_management"],
    "data": [
        "security/ir.model.access.csv",
        "views/credit_policy_views.xml",
    ],
    "installable": True,
}
