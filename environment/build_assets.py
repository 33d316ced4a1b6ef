"""Read by `odoo shell`: the bundles of scripts and styles are built before the first browser asks for them."""

env["ir.qweb"]._pregenerate_assets_bundles()  # noqa: F821 (the shell brings it)
env.cr.commit()  # noqa: F821
