"""What the screen of the counter asks: may this go on account, who can release it, a manager's release."""

from odoo import models
from odoo.exceptions import UserError


class PosOrder(models.Model):
    _inherit = "pos.order"

    def credit_check_counter(self):
        """Tell whether an order that was saved as a draft may be finished. Nothing is changed.

        :return: ``is_allowed``, ``reasons`` (as the user may read them), ``can_ask``, ``is_waiting``, ``desk``
        :rtype: dict
        """
        self._credit_check_counter_access()
        if not self._credit_get_enforced()._credit_is_checked("pos"):
            return {"is_allowed": True}
        decision = self._credit_decide("pos", is_locked=False)[self]
        # cashiers do not read the list of holds
        hold = self.sudo().credit_hold_id.filtered(lambda hold: hold.state == "open")
        return {
            "is_allowed": decision.is_allowed,
            "reasons": [] if decision.is_allowed else self._credit_get_reasons(decision),
            "can_ask": decision.verdict == "hold",
            "is_waiting": hold.is_requested,
            "desk": hold.controller_id.name or "",
        }

    def credit_ask_counter(self):
        """Put the order on hold and ask the credit controller to release it.

        :return: see `credit_check_counter`
        :raise UserError: when a rule refuses the sale: there is nothing to ask for
        """
        self._credit_hold_counter()
        if self.credit_hold_state == "held":
            self.action_credit_request_release()
        return self.credit_check_counter()

    def credit_release_counter(self, login, password):
        """Release the order on the word of a manager who stands at the counter and signs in for it.

        :return: see `credit_check_counter`
        :raise UserError: when the sign-in fails, or this person may not release the order
        """
        self._credit_check_counter_access()
        manager = self.env["res.users"]._credit_sign_in(login, password)
        self._credit_hold_counter()
        if self.credit_hold_state == "held":
            # the hold is the controllers': what this one may do is checked below
            hold = self.sudo().credit_hold_id.with_user(manager).with_context(allowed_company_ids=self.company_id.ids)
            hold._release(
                hold.env.ref("pos_credit_management.reason_counter"),
                self.company_id._credit_today(),
                note=self.config_id.name,  # which counter: the reason says the rest, in the reader's language
            )
        return self.credit_check_counter()

    def _credit_check_counter_access(self):
        """Refuse who may not sell here, and what is not on its way to be sold.

        :raise AccessError: without the rights of a cashier
        """
        self.ensure_one()
        self._credit_check_is_employee()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(self.env._("%(order)s is finished already.", order=self._credit_get_document_name()))

    def _credit_hold_counter(self):
        """Put the order on hold, as far as a hold is the answer to it.

        :raise UserError: when a rule refuses the sale
        """
        self._credit_check_counter_access()
        state = self.credit_check_counter()
        if not state["is_allowed"] and not state["can_ask"]:
            raise UserError(" ".join(state["reasons"]))
        self._credit_gate("pos", is_held=True)
