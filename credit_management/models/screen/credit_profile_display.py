"""What the credit file shows beside its fields: bar, trend, related records and their buttons."""

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ..exposure.component import DRAWN

TREND_POINTS = 60  # more cannot be told apart at the width of the form


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    rating_color = fields.Integer(related="rating_id.color", string="Rating Colour")
    limit_request_ids = fields.One2many("credit.limit.request", "profile_id", "Limit Requests")
    release_ids = fields.One2many("credit.release", "profile_id", "Releases")
    dispute_ids = fields.Many2many(
        "credit.dispute", compute="_compute_dispute_ids", string="Open Disputes", help="Disputes that are not settled."
    )
    exposure_bar = fields.Json(compute="_compute_exposure_bar", help="The exposure by component against the limit.")
    component_list = fields.Json(
        "Exposure by Component", compute="_compute_component_list", help="What the exposure is made of."
    )
    exposure_trend = fields.Json(compute="_compute_exposure_trend", help="Limit, exposure and overdue over time.")
    is_credit_checked = fields.Boolean(
        "Checks Are On", compute="_compute_is_credit_checked", help="Whether a policy is on in this company."
    )

    def _compute_is_credit_checked(self):
        checked = {company: company._is_credit_checked() for company in self.company_id}
        for profile in self:
            profile.is_credit_checked = checked.get(profile.company_id, False)

    def _compute_dispute_ids(self):
        disputes = self.env["credit.dispute"].search(
            [("partner_id", "in", self.partner_id.ids), ("state", "=", "open")]
        )
        for profile in self:
            profile.dispute_ids = disputes.filtered(
                lambda dispute, profile=profile: (
                    dispute.partner_id == profile.partner_id and dispute.company_id == profile.company_id
                )
            )

    # -- bar ---------------------------------------------------------------------------------------

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

    # -- trend -------------------------------------------------------------------------------------

    @api.depends_context("lang")
    def _compute_exposure_trend(self):
        for profile in self:
            profile.exposure_trend = profile._prepare_exposure_trend()

    def _prepare_exposure_trend(self):
        """Return at most `TREND_POINTS` daily figures, evenly spread from the first day to the last."""
        self.ensure_one()
        # figures of a profile are for whoever may see it
        days = self.env["credit.snapshot"].sudo().search([("profile_id", "=", self.id)], order="date")
        step = max(1, -(-len(days) // TREND_POINTS))
        days = days[::-1][::step][::-1]  # the last day is always shown
        return {
            "labels": [format_date(self.env, day.date) for day in days],
            "exposure": days.mapped(lambda day: day.amount_exposure),
            "overdue": days.mapped(lambda day: day.amount_overdue),
            "limit": [day.amount_limit if day.limit_state == "amount" else None for day in days],
            "currency_id": self.currency_id.id,
        }

    # -- buttons -----------------------------------------------------------------------------------

    def _prepare_window(self, name, model, domain, **context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
            "context": context,
        }

    def action_open_partner(self):
        """Open the customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
        }

    def action_open_holds(self):
        """Open the documents of the customer that are on hold, or were."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_hold")
        return {**action, "domain": [("profile_id", "=", self.id)], "context": {"search_default_filter_open": 1}}

    def action_open_overdue(self):
        """Open the customer's invoices that are past due."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        domain = [
            ("commercial_partner_id", "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
            ("move_type", "in", ["out_invoice", "out_refund", "out_receipt"]),
            ("state", "=", "posted"),
            ("payment_state", "in", ["not_paid", "partial"]),
            ("invoice_date_due", "<", today),
        ]
        return self._prepare_window(self.env._("Overdue Invoices"), "account.move", domain, create=False)

    def action_open_forecast(self):
        """Open the forecast of what can still be sold to the customer."""
        self.ensure_one()
        self.check_access("read")
        forecast = self.env["credit.profile.forecast"].create({"profile_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What can I still sell?"),
            "res_model": "credit.profile.forecast",
            "res_id": forecast.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_open_decisions(self):
        """Open the log of decisions on the customer's documents."""
        self.ensure_one()
        domain = [("profile_id", "=", self.id)]
        return self._prepare_window(self.env._("Decisions"), "credit.decision", domain)

    def action_request_limit(self):
        """Open a new limit request for the customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Request Limit"),
            "res_model": "credit.limit.request",
            "views": [(False, "form")],
            "context": {
                "default_profile_id": self.id,
                "default_currency_id": (self.limit_currency_id or self.currency_id).id,
                "default_amount": self.amount_limit,
            },
        }
