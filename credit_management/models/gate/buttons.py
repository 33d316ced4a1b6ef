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

    def action_credit_ask_release(self):
        """Open the dialog that asks the credit controller: why, and when the customer pays."""
        self.ensure_one()
        self._credit_check_is_employee()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for release of %(document)s", document=self.display_name),
            "res_model": "credit.hold.ask",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }

    def action_credit_request_release(self):
        """Ask the credit controller to release the document, without a word."""
        return self._credit_request_release()

    def _credit_request_release(self, **said):
        """Ask the credit controller to release the document; what was rejected goes on the desk again.

        :param said: what the salesperson says, see `credit.hold._request_release`
        :return: the action that tells who was asked
        :raise UserError: for a document that neither waits nor was rejected
        """
        self.ensure_one()
        self._credit_check_is_employee()
        self.check_access("read")
        if self.credit_hold_state == "rejected":
            self._credit_hold_again()
        if self.credit_hold_state != "held":
            raise UserError(
                self.env._(
                    "%(document)s is not on credit hold: there is nothing to release.", document=self.display_name
                )
            )
        hold = self.sudo().credit_hold_id  # the list of holds is the controllers'
        hold._request_release(self.env.user, **said)
        return self._credit_notify(self._credit_get_asked_text(hold), type="success", next=RELOAD)

    def _credit_get_payment_asked(self):
        """Return what the customer would have to pay to free the document, in company currency, as far as the user may
        know it."""
        if not self._credit_sees_figures():
            return 0.0
        figures = self._credit_get_panel_figures(
            self._credit_decide(self._credit_get_panel_checkpoint(), is_locked=False)[self]
        )
        return figures["payment"] or figures["overdue"]

    def _credit_get_question(self):
        """Return what the credit controller wants to know, while it is not answered."""
        # the list of holds is the controllers'; what was asked is for whoever may read the figures of the document
        return self.sudo().credit_hold_id._get_question_text() if self._credit_sees_figures() else ""

    def _credit_get_asked_text(self, hold):
        if not hold.controller_id:
            return self.env._(
                "The credit controllers have been asked to release %(document)s.", document=self.display_name
            )
        return self.env._(
            "%(user)s has been asked to release %(document)s.",
            user=hold.controller_id.name,
            document=self.display_name,
        )

    def _credit_get_notification(self):
        """Return the action that tells a person which of these documents were held, and why."""
        held = self.filtered(lambda record: record.credit_hold_state == "held")
        rejected = self.filtered(lambda record: record.credit_hold_state == "rejected")
        if not held and not rejected:
            return None
        lines = [record._credit_get_line(record.credit_hold_reason) for record in held]
        lines += [held._credit_get_way_forward()] if held else []
        lines += [record._credit_get_line(record._credit_get_rejection_text()) for record in rejected]
        lines += [rejected._credit_get_way_after_rejection()] if rejected else []
        reason = "\n".join(lines)
        # in one sentence: the stop that Odoo sets after a title is no Chinese one
        text = self.env._("On credit hold. %(reason)s", reason=reason) if held else reason
        return self._credit_notify(text, type="warning", sticky=True, next=RELOAD)

    def _credit_get_line(self, reason):
        return self.env._("%(document)s: %(reason)s", document=self.display_name, reason=reason)

    def _credit_notify(self, message, **params):
        """Return the action that shows a message in the corner of the screen."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, **params},
        }
