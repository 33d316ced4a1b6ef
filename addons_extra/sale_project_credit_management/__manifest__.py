{
    "name": "Credit Management: Projects",
    "summary": "Orders confirmed by creating a project or a task are held on credit, and the project is kept",
    "description": "How it works: README.md.",
    "version": "19.0.1.0.0",
    "category": "Services/Project",
    "license": "LGPL-3",
    "author": "Credit Management contributors",
    "depends": ["credit_management", "sale_project"],
    "auto_install": True,
    "installable": True,
}
