"""Change many limits at once: one request for each, approved like any other."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_round


class CreditLimitChange(models.TransientModel):
    _name = "credit.limit.change"
    _description = "Change Many Limits"

    profile_ids = fields.Many2many(
        "credit.profile", required=True, default=lambda self: self.env.context.get("active_ids"), string="Customers"
    )
    kind = fields.Selection(
        lambda self: self._get_kinds(),
        required=True,
        default="permanent",
        help="New limit, or a temporary one between two dates.",
    )
    method = fields.Selection(
        [("percent", "Change by percent"), ("fixed", "Change by amount"), ("value", "Set to amount")],
        required=True,
        default="percent",
        help="How the new limits follow from the present ones. Temporary increases are the change itself.",
    )
    percent = fields.Float("Percent", help="10 raises each limit by a tenth, -10 lowers it.")
    amount = fields.Float("Amount", help="In the currency of each limit.")
    rounding = fields.Float("Round To", default=100.0, help="The new limits are rounded to multiples of this.")
    date_from = fields.Date(help="First day of a temporary limit.")
    date_to = fields.Date(help="Last day of a temporary limit.")
    reason = fields.Text(required=True, help="Kept with every request.")

    @api.model
    def _get_kinds(self):
        """Return the kinds of requests that are about a limit."""
        kinds = self.env["credit.limit.request"]._fields["kind"]._description_selection(self.env)
        return [kind for kind in kinds if kind[0] != "cap"]

    @api.constrains("rounding")
    def _check_rounding(self):
        if any(wizard.rounding <= 0 for wizard in self):
            raise ValidationError(self.env._("Round to an amount above zero, for instance 100."))

    def action_request(self):
        """Make and submit one request for each customer with a limit that is an amount.

        :raise UserError: when none of the customers has such a limit
        """
        self.ensure_one()
        profiles = self.profile_ids
        if self.method != "value":
            profiles = profiles.filtered(lambda profile: profile.limit_type == "amount")
        if not profiles:
            raise UserError(
                self.env._("None of these customers has a limit that is an amount: set one, or choose 'Set to amount'.")
            )
        requests = self.env["credit.limit.request"].create([self._prepare_request(profile) for profile in profiles])
        requests.action_submit()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Limit Requests"),
            "res_model": "credit.limit.request",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", requests.ids)],
        }

    def _prepare_request(self, profile):
        new = {
            "percent": profile.amount_limit * (1 + self.percent / 100),
            "fixed": profile.amount_limit + self.amount,
            "value": self.amount,
        }[self.method]
        amount = new - profile.amount_limit if self.kind == "increment" and self.method != "value" else new
        return {
            "profile_id": profile.id,
            "kind": self.kind,
            "limit_type": "amount",
            "currency_id": profile.limit_currency_id.id,
            "amount": max(float_round(amount, precision_rounding=self.rounding), 0.0),
            "date_from": self.date_from,
            "date_to": self.date_to,
            "reason": self.reason,
        }
