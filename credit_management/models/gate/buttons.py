"""What a controlled document offers on the screen: check now, look behind the figures, ask for a release."""

from odoo import models
from odoo.exceptions import AccessError, UserError

RELOAD = {"type": "ir.actions.client", "tag": "soft_reload"}  # what follows a message when the screen is old


class CreditGateMixin(models.AbstractModel):
    _inherit = "credit.gate.mixin"

    def _credit_check_is_employee(self):
        """Refuse portal users, who may read their own documents: the figures are ours.

        :raise AccessError: for anybody who is not an internal user
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("The credit check is for employees."))

    def action_credit_check(self):
        """Check now, without taking any step: show what would be decided. Nothing is changed."""
        self.ensure_one()
        self._credit_check_is_employee()
        self.check_access("read")
        panel = self._credit_get_panel()
        return self._credit_notify(
            "\n".join(panel["reasons"]) or panel["message"],
            title=panel["title"],
            type="success" if panel["is_allowed"] else "warning",
            sticky=not panel["is_allowed"],
        )

    def action_credit_exposure(self):
        """Open the exposure sheet of the customer whose credit the document uses."""
        self.ensure_one()
        self.check_access("read")
        return self._credit_get_profiles()[self].with_user(self.env.user).action_open_exposure()

    def action_credit_log(self):
        """Open everything the log says of the document: why it passed, why it was held, who released it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check log of %(document)s", document=self.display_name),
            "res_model": "credit.log",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
        }

    def action_credit_request_release(self):
        """Ask the credit controller to release the document."""
        self.ensure_one()
        self._credit_check_is_employee()
        self.check_access("read")
        hold = self.sudo().credit_hold_id  # the list of holds is the controllers'
        if self.credit_hold_state != "held":
            raise UserError(
                self.env._(
                    "%(document)s is not on credit hold: there is nothing to release.", document=self.display_name
                )
            )
        hold._request_release(self.env.user)
        message = self.env._(
            "The credit controller has been asked to release %(document)s.", document=self.display_name
        )
        return self._credit_notify(message, type="success", next=RELOAD)

    def _credit_get_notification(self):
        """Return the action that tells a person which of these documents were held, and why."""
        held = self.filtered(lambda record: record.credit_hold_state == "held")
        if not held:
            return None
        lines = [f"{record.display_name}: {record.credit_hold_reason}" for record in held]
        message = "\n".join([*lines, held._credit_get_way_forward()])
        return self._credit_notify(
            message, type="warning", sticky=True, title=self.env._("On credit hold"), next=RELOAD
        )

    def _credit_notify(self, message, **params):
        """Return the action that shows a message in the corner of the screen."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, **params},
        }
