"""The bar of a credit file: the exposure by component against the limit."""

from odoo import api, fields, models
from odoo.tools import formatLang

# component field → what it is drawn as
BAR = {
    "amount_overdue_gross": "overdue",
    "amount_disputed": "disputed",
    "amount_not_due": "open",
    "amount_in_process": "open",
    "amount_bills": "open",
    "amount_delivered": "orders",
    "amount_orders": "orders",
    "amount_order_drafts": "drafts",
    "amount_drafts": "drafts",
    "amount_unallocated": "credits",
    "amount_received": "credits",
}


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    exposure_bar = fields.Json(compute="_compute_exposure_bar", help="The exposure by component against the limit.")

    @api.depends_context("lang")
    def _compute_exposure_bar(self):
        for profile in self:
            profile.exposure_bar = profile._prepare_exposure_bar()

    @api.model
    def _get_bar(self):
        """Return ``{figure: what it is drawn as}``, in the order of drawing.

        Hook: a bridge that adds a component adds its figure here.
        """
        return dict(BAR)

    def _prepare_exposure_bar(self):
        """Return the parts of the bar, in the order in which they are drawn, with written amounts."""
        self.ensure_one()
        parts = [
            {
                "name": name,
                "kind": kind,
                "label": self._fields[name]._description_string(self.env),
                "amount": self[name],
                "text": self._format_money(self[name]),
            }
            for name, kind in self._get_bar().items()
            if not self.currency_id.is_zero(self[name]) and self._is_counted(name)
        ]
        return {
            "parts": parts,
            "limit_kind": self.limit_state,
            "limit": self.amount_limit_effective,
            "limit_text": self._format_money(self.amount_limit_effective),
            "exposure": self.amount_exposure,
            "exposure_text": self._format_money(self.amount_exposure),
            "available_text": self._format_money(self.amount_available),
            "over": self.amount_over_limit,
            "over_text": self._format_money(self.amount_over_limit),
            "utilisation": self.percent_utilisation,
        }

    def _is_counted(self, name):
        """Tell whether the company counts a component in the exposure; the bar adds up to the exposure."""
        switches = self.env["credit.exposure"]._get_switches()
        component = self._get_exposure_fields()[name]
        if component not in switches:
            return True
        return bool(switches[component] and self.company_id[switches[component]])

    def _format_money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)
