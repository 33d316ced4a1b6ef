"""Who decides on a limit: not who asked for it, and up to the authority; and who is asked."""

from odoo import models
from odoo.exceptions import AccessError, UserError


class CreditLimitRequest(models.Model):
    _inherit = "credit.limit.request"

    def _check_may_decide(self):
        if not self.env.user.has_group("credit_management.group_credit_manager"):
            raise AccessError(self.env._("Only credit managers decide on limits."))
        self.check_access("write")
        self._check_state("submitted", self.env._("This request is not waiting for a decision."))
        if any(request.requester_id == self.env.user for request in self):
            raise UserError(self.env._("You made this request yourself, so somebody else has to decide on it."))
        refusals = [refusal for request in self if (refusal := request._get_refusal(self.env.user))]
        if refusals:
            raise UserError(refusals[0])

    def _get_refusal(self, user):
        """Return why the user's authority does not reach what this request asks for, or an empty string."""
        amount = self._get_amount_decided()
        return self.env["credit.authority"]._get_refusal(user, self.profile_id, amount, "limit")

    def _get_amount_decided(self):
        """Return the limit that the request leads to, in company currency; None for unlimited."""
        if self.limit_type == "unlimited":
            return None
        base = self.profile_id.amount_limit_effective if self.kind == "increment" else 0.0
        return base + (self._get_amount_today() if self.limit_type == "amount" else 0.0)

    def _schedule_for_decider(self):
        """Give a task to whoever decides on the request, in their language."""
        decider = self._get_decider()
        if decider:
            told = self.with_context(lang=decider.lang or self.env.lang)
            summary = told.env._("Decide on the limit of %(customer)s", customer=told.profile_id.display_name)
            told.activity_schedule("mail.mail_activity_data_todo", summary=summary, user_id=decider.id)

    def _get_decider(self):
        """Return who is asked: the customer's or the company's controller, if they may decide, else who may.

        Nobody is asked to decide on an own request, nor while somebody stands in. Administrators come last:
        they rarely run the credit. When nobody may, the controller is told all the same.
        """
        at_hand = (self.profile_id.controller_id | self.company_id.credit_controller_id) - self.requester_id
        people = self._get_managers()
        others = (people - at_hand).sorted(lambda user: (user.has_group("base.group_system"), user.id))
        able = (user for user in [*(at_hand & people), *others] if not self._get_refusal(user))
        return next(able, at_hand[:1])

    def _get_managers(self):
        """Return the credit managers of the company who are here and did not ask themselves."""
        managers = self.env.ref("credit_management.group_credit_manager").all_user_ids - self.requester_id
        here = managers.filtered(lambda user: self.company_id in user.company_ids)
        return here - self.env["credit.substitute"]._get_absent(here)
