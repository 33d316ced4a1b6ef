"""The buttons of a credit file: to the customer, to what is overdue, to decisions, to a request."""

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
        """Open the customer's invoices that are past due."""
        self.ensure_one()
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
            "name": self.env._("Overdue Invoices"),
            "res_model": "account.move",
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
            "context": {"create": False},
        }

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
