"""Asking for a limit from the document that needs it."""

from odoo import models
from odoo.exceptions import UserError


class CreditGateMixin(models.AbstractModel):
    _inherit = "credit.gate.mixin"

    def _credit_get_panel(self, checkpoint=None):
        """Override: with whether a limit can be asked for, by who reads the panel."""
        panel = super()._credit_get_panel(checkpoint)
        may_ask = self.env["credit.limit.request"].has_access("create")
        return {**panel, "is_limit_offered": bool(may_ask and panel["over_own"] > 0 and not panel["is_allowed"])}

    def action_credit_request_limit(self):
        """Open the dialog that asks for the limit with which the document passes; of a held one by its hold.

        :raise AccessError: for who may not ask for limits, or read the document
        :raise UserError: for a document that is within the customer's own limit
        """
        self.ensure_one()
        self.check_access("read")
        Request = self.env["credit.limit.request"]
        Request.check_access("create")
        hold = self.sudo().credit_hold_id  # the list of holds is the controllers'
        if self.credit_hold_state == "held" and hold.state == "open":
            # back to the rights of who asks
            return hold.sudo(self.env.su).action_request_limit()
        panel = self._credit_get_panel()
        profile = self.env["credit.profile"].browse(panel["profile_id"])
        if panel["over_own"] <= 0:
            raise UserError(
                self.env._(
                    "%(document)s is within the limit of %(customer)s: a higher one changes nothing.",
                    document=self.display_name, customer=panel["customer"],
                )
            )
        return Request._get_ask_action(
            profile, amount=panel["after_own"], currency_id=profile.currency_id.id,
            reason=self.env._("For %(document)s.", document=self.display_name),
        )
