"""Read by `odoo shell`: the bundles that our pages load are built before the first browser asks for them."""

WANTED = {
    "web.assets_web", "web.assets_frontend", "web.assets_frontend_minimal", "web.assets_frontend_lazy",
    "web.assets_web_print", "point_of_sale.assets_prod", "web.assets_tests",
}
ON_DEMAND = {"portal.assets_chatter", "portal.assets_chatter_style"}  # no page names them, scripts ask for them
SCRIPTS_ON_DEMAND = {"web_tour.interactive", "bus.websocket_worker_assets", "web.assets_emoji"}
qweb = env["ir.qweb"]  # noqa: F821 (the shell brings it)
scripts, styles = qweb._get_bundles_to_pregenarate()
for bundle in sorted(SCRIPTS_ON_DEMAND | ON_DEMAND | scripts & WANTED):
    qweb._get_asset_bundle(bundle, css=False, js=True).js()
for bundle in sorted(ON_DEMAND | styles & WANTED):
    qweb._get_asset_bundle(bundle, css=True, js=False).css()
env.cr.commit()  # noqa: F821
