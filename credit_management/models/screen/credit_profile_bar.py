"""The bar of a credit file: the exposure by component against the limit, and how its figures hang together."""

from odoo import api, fields, models
from odoo.tools import formatLang

from ..exposure.component import DRAWN


def net_credits(parts, credits):
    """Take credits off parts, what is oldest first, and what is disputed last: the bar is as long as the exposure.

    :param list parts: dicts with ``kind`` and ``amount``, in the order in which they are drawn; changed in place
    :param float credits: positive
    """
    for part in sorted(parts, key=lambda part: part["kind"] == "disputed"):
        taken = min(part["amount"], credits)
        part.update(amount=part["amount"] - taken, is_netted=taken > 0)
        credits -= taken


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    exposure_bar = fields.Json(compute="_compute_exposure_bar", help="The exposure by component against the limit.")
    component_list = fields.Json(
        "Exposure by Component", compute="_compute_component_list", help="What the exposure is made of."
    )
    overdue_text = fields.Char(
        "How Overdue Follows",
        compute="_compute_overdue_text",
        help="Overdue is what is past due, less the customer's unallocated credits, the oldest items first.",
    )

    @api.depends_context("lang", "uid")
    def _compute_exposure_bar(self):
        for profile in self:
            profile.exposure_bar = profile._prepare_exposure_bar()

    def _prepare_exposure_bar(self):
        """Return the parts of the bar, in the order in which they are drawn, with written amounts."""
        self.ensure_one()
        available = self.amount_available
        over = max(self.amount_over_limit, -available)
        return {
            "profile_id": self.id,
            "is_sheet_open": self.env["credit.exposure.line"].has_access("read"),
            "parts": self._prepare_bar_parts(),
            "limit_kind": self.limit_state,
            "limit": self.amount_limit_effective,
            "limit_text": self._format_money(self.amount_limit_effective),
            "exposure": self.amount_exposure,
            "exposure_text": self._format_money(self.amount_exposure),
            "available_text": self._format_money(available),
            "over": over,
            "over_text": self._format_money(over),
            "group_text": self._get_group_text(),
            "utilisation": self.percent_utilisation,
        }

    def _get_group_text(self):
        group = self._get_limiting_group()
        if not group:
            return ""
        return self.env._(
            "%(group)s: all members use %(used)s of %(limit)s.", group=group.name,
            used=group.currency_id.format(group.amount_exposure), limit=group.currency_id.format(group.amount_limit),
        )

    def _prepare_bar_parts(self):
        """Return what is counted and left when credits are taken off: together it is the exposure, unless the
        credits are more than everything else."""
        components = [
            component
            for component in self.env["credit.exposure"]._get_components()
            if component.drawn_as and component.is_counted(self.company_id)
        ]
        found = [self._prepare_component(component) for component in components]
        parts = sorted((part for part in found if part["amount"] > 0), key=lambda part: DRAWN.index(part["kind"]))
        net_credits(parts, -sum(part["amount"] for part in found if part["amount"] < 0))
        for part in parts:
            part.update(text=self._format_money(part["amount"]), label=self._write_netted(part))
        return [part for part in parts if not self.currency_id.is_zero(part["amount"])]

    def _write_netted(self, part):
        """Return what a part of the bar is called: past due less credits is overdue."""
        if not part["is_netted"]:
            return part["label"]
        if part["kind"] == "overdue":
            return self.env._("Overdue")
        return self.env._("%(component)s, less credits", component=part["label"])

    def _prepare_component(self, component):
        """Return what the credit file shows of a component."""
        amount = self.component_amounts[component.name]
        return {
            "name": component.amount_field,
            "component": component.name,
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
                    "is_empty": profile.currency_id.is_zero(profile.component_amounts[component.name]),
                }
                for component in components
            ]

    @api.depends_context("lang")
    def _compute_overdue_text(self):
        for profile in self:
            credits = profile.amount_overdue_gross - profile.amount_overdue
            is_same = profile.currency_id.is_zero(credits)
            profile.overdue_text = not is_same and self.env._(
                "%(past_due)s past due − %(credits)s unallocated credits = %(overdue)s overdue",
                past_due=profile._format_money(profile.amount_overdue_gross),
                credits=profile._format_money(credits),
                overdue=profile._format_money(profile.amount_overdue),
            )

    def _format_money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)
