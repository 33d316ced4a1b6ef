"""The buttons of a credit file: to the customer, to what is overdue, to decisions, to a request."""

from markupsafe import Markup
from odoo import fields, models


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    rating_color = fields.Integer(related="rating_id.color", string="Rating Color")

    def action_open_partner(self):
        """Open the customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
        }

    def action_open_overdue(self):
        """Open what is overdue of the customer: the lines add up to the figure of the button.

        Whoever may not read the exposure sheet gets the invoices that are past due.
        """
        self.ensure_one()
        self.check_access("read")
        Line = self.env["credit.exposure.line"]
        if not Line.has_access("read"):
            return self._prepare_past_due_invoices()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Overdue of %(customer)s", customer=self.partner_id.display_name),
            "res_model": Line._name,
            "views": [(self.env.ref("credit_management.credit_exposure_line_view_list_overdue").id, "list")],
            "domain": [("profile_id", "=", self.id), ("amount_overdue", "!=", 0)],
            "context": {"credit_profile_id": self.id},
            "help": Markup("<p class='o_view_nocontent_smiling_face'>%s</p><p>%s</p>") % (
                self.env._("Nothing is overdue"),
                self.env._("Disputed amounts are not overdue, nor what unallocated credits of the customer cover."),
            ),
        }

    def _prepare_past_due_invoices(self):
        today = self.company_id._credit_today()
        domain = [
            ("commercial_partner_id", "=", self.partner_id.id),
            ("company_id", "child_of", self.company_id.id),
            ("move_type", "in", ["out_invoice", "out_refund", "out_receipt"]),
            ("state", "=", "posted"),
            ("payment_state", "in", ["not_paid", "partial"]),
            ("invoice_date_due", "<", today),
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Past Due Invoices"),
            "res_model": "account.move",
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
            "context": {"create": False},
        }

    def action_open_forecast(self):
        """Open the forecast of the available credit."""
        self.ensure_one()
        self.check_access("read")
        forecast = self.env["credit.profile.forecast"].create({"profile_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Credit Forecast"),
            "res_model": "credit.profile.forecast",
            "res_id": forecast.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_request_limit(self):
        """Open the dialog that asks for another limit of the customer."""
        self.ensure_one()
        return self.env["credit.limit.request"]._get_ask_action(self)
