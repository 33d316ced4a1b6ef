"""The bar of a credit file: the exposure by component against the limit."""

from odoo import api, fields, models
from odoo.tools import formatLang

from ..exposure.component import DRAWN


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    exposure_bar = fields.Json(compute="_compute_exposure_bar", help="The exposure by component against the limit.")
    component_list = fields.Json(
        "Exposure by Component", compute="_compute_component_list", help="What the exposure is made of."
    )

    @api.depends_context("lang")
    def _compute_exposure_bar(self):
        for profile in self:
            profile.exposure_bar = profile._prepare_exposure_bar()

    def _prepare_exposure_bar(self):
        """Return the parts of the bar, in the order in which they are drawn, with written amounts."""
        self.ensure_one()
        components = [
            component
            for component in self.env["credit.exposure"]._get_components()
            if component.drawn_as and component.is_counted(self.company_id)
        ]
        parts = [self._prepare_component(component) for component in components]
        parts = [part for part in parts if not self.currency_id.is_zero(part["amount"])]
        parts.sort(key=lambda part: DRAWN.index(part["kind"]))
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

    def _prepare_component(self, component):
        """Return what the credit file shows of a component."""
        amount = self.component_amounts[component.name]
        return {
            "name": component.amount_field,
            "kind": component.drawn_as,
            "label": self.env._(component.label),
            "amount": amount,
            "text": self._format_money(amount),
        }

    @api.depends_context("lang")
    def _compute_component_list(self):
        components = self.env["credit.exposure"]._get_components()
        for profile in self:
            profile.component_list = [
                {
                    **profile._prepare_component(component),
                    "listed": component.listed,
                    "help": self.env._(component.help),
                    "is_counted": component.is_counted(profile.company_id),
                }
                for component in components
            ]

    def _format_money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)
