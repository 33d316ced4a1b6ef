"""Setting up: deliveries that no order counts."""

from odoo import models
from odoo.tools import date_utils

DAYS = 90  # what is older was billed, or nobody will look for it


class CreditSetup(models.TransientModel):
    _inherit = "credit.setup"

    def _get_findings(self):
        """Override to say that what was delivered without an order is in no figure."""
        count = self._get_orderless_count()
        text = self.env._(
            "%(count)s deliveries of the last %(days)s days have no order. Each was checked by itself, but what is "
            "delivered without an order is in no exposure until it is invoiced: deliver by orders.",
            count=count,
            days=DAYS,
        )
        return super()._get_findings() + (
            [{"state": "odd", "name": text, "fix": "orderless"}] if count else []
        )

    def _get_fixes(self):
        """Override to show the deliveries without an order."""
        return {**super()._get_fixes(), "orderless": (self.env._("These Deliveries"), self.action_show_orderless)}

    def action_show_orderless(self):
        """Open the deliveries without an order."""
        return self._show("stock.picking", self._get_orderless_domain(), self.env._("Deliveries Without an Order"))

    def _get_orderless_count(self):
        domain = self._get_orderless_domain()
        return self.env["stock.picking"].sudo().search_count(domain)  # how many; whoever sets up reads no transfers

    def _get_orderless_domain(self):
        since = date_utils.subtract(self.company_id._credit_today(), days=DAYS)
        domain = [
            ("company_id", "in", self.company_id._credit_get_tree().ids),
            ("state", "=", "done"),
            ("date_done", ">=", since),
            ("location_dest_id.usage", "=", "customer"),
            ("location_id.usage", "!=", "customer"),
            ("sale_id", "=", False),
            ("return_id", "=", False),
        ]
        if "pos_session_id" in self.env["stock.picking"]._fields:  # what the counter sold has its own figure
            domain += [("pos_session_id", "=", False)]
        return domain
