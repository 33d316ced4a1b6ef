"""What a request asks for beside what is there, who was asked, and the dialog that asks."""

from odoo import api, fields, models

from ..setup.limit_value import LIMIT_TYPES


class CreditLimitRequest(models.Model):
    _inherit = "credit.limit.request"

    # named as the widget of limits expects it
    limit_state = fields.Selection(
        LIMIT_TYPES, "Present Limit Type", compute="_compute_present", help="What kind of limit the customer has."
    )
    amount_present = fields.Monetary(
        "Present Limit",
        compute="_compute_present",
        currency_field="company_currency_id",
        help="The limit without temporary ones, the own or the rating's, in company currency: as it is, or as it was "
        "when the request was decided.",
    )
    amount_asked = fields.Monetary(
        "Asked Limit",
        compute="_compute_present",
        currency_field="company_currency_id",
        help="The limit that is asked for, in company currency; of a temporary increase the present one with it.",
    )
    percent_change = fields.Float(
        "Change (%)", compute="_compute_present", digits=(16, 0), help="Of the asked limit against the present one."
    )
    figures = fields.Json(readonly=True, copy=False, help="What was known when the request was decided.")

    @api.depends("profile_id", "kind", "limit_type", "amount_company", "state", "figures")
    def _compute_present(self):
        for request in self:
            request.limit_state, request.amount_present = request._get_present()
            is_added = request.kind == "increment" and request.limit_state == "amount"
            request.amount_asked = request.amount_company + (request.amount_present if is_added else 0.0)
            present, asked = request.amount_present, request.amount_asked
            is_amount = request.limit_state == request.limit_type == "amount" and present
            request.percent_change = 100 * (asked - present) / present if is_amount else 0.0

    def _get_present(self):
        """Return kind and amount of the present limit, in company currency; of a decided request those of then."""
        if self.figures:
            return self.figures["limit_state"], self.figures["amount_present"]
        if self.state in ("approved", "rejected"):  # decided before figures were kept
            return self.limit_type_before, self.amount_before
        profile = self.profile_id
        kind = profile.limit_type if profile.limit_type != "none" else profile.rating_id.limit_type or "none"
        return kind, self._get_amount_lasting() if profile and kind == "amount" else 0.0

    def _measure(self):
        """Return what is known of the customer when the request is decided, as plain values.

        Hook: later rooms add what they know.
        """
        limit_state, amount_present = self._get_present()
        return {"limit_state": limit_state, "amount_present": amount_present}

    # -- asking --------------------------------------------------------------------------------------

    @api.model
    def _get_ask_action(self, profile, **defaults):
        """Return the dialog that asks for another limit of a customer.

        :param defaults: of the request
        """
        currency = profile.limit_currency_id or profile.currency_id
        values = {"profile_id": profile.id, "currency_id": currency.id, "amount": profile.amount_limit, **defaults}
        view = self.env.ref("credit_management.credit_limit_request_view_form_ask")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Request a limit for %(customer)s", customer=profile.display_name),
            "res_model": self._name,
            "views": [(view.id, "form")],
            "target": "new",
            "context": {f"default_{name}": value for name, value in values.items()},
        }

    def _get_asked_notification(self):
        """Return the action that tells who was asked, and shows the screen as it is now."""
        people = ", ".join(self.sudo().decider_id.mapped("name"))  # whoever that is
        message = self.env._("%(people)s was asked to decide.", people=people)
        nobody = self.env._(
            "The request waits, but nobody may decide on it: a credit manager who is not its author, with enough "
            "authority."
        )
        after = {"type": "ir.actions.client", "tag": "soft_reload"}
        params = {"type": "success" if people else "warning", "message": message if people else nobody, "next": after}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    def _tell_hold(self):
        """Write on the hold that asks for it what was requested."""
        if self.hold_id:
            limit = self.currency_id.format(self.amount)
            self.hold_id.message_post(body=self.env._("A limit was requested: %(limit)s.", limit=limit))
