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
        if any(self.env.user in request._get_profiting() for request in self):
            raise UserError(
                self.env._("You wrote this request, or the customer is yours, so somebody else has to decide on it.")
            )

    def _check_authority(self):
        """Refuse a request that leads beyond the authority of the user, with all that was approved before."""
        refusal = self._get_refusal(self.env.user)
        if refusal:
            raise UserError(refusal)

    def _get_profiting(self):
        """Return who decides nothing on this request: who wrote it, and who sells to the customer or ever did."""
        former = self.env["credit.owner"]._get_former(self)
        return self.requester_id | former | self.profile_id.partner_id._credit_get_sellers()

    def _get_refusal(self, user):
        """Return why the user's authority does not reach what this request asks for, or an empty string."""
        amount = self._get_amount_decided()
        return self.env["credit.authority"]._get_refusal(user, self.profile_id, amount, "limit")

    def _get_amount_decided(self):
        """Return the highest limit that the request leads to, in company currency; None for any amount.

        Without a limit of its own nothing bounds what a customer may owe. Increases that run or will run are added,
        whichever day each of them is for.
        """
        if self.limit_type != "amount":
            return None
        temporary = self._get_temporary()
        increases = temporary._get_increases()
        if self.kind == "increment":
            replacements = temporary.filtered(lambda request: request.kind == "replacement")
            increases += max([self._get_amount_lasting(), *(r._get_amount_today() for r in replacements)])
        return increases + self._get_amount_today()

    def _get_increases(self):
        """Return what temporary increases among these add, all of them together."""
        return sum(request._get_amount_today() for request in self if request.kind == "increment")

    def _get_temporary(self):
        """Return the approved temporary limits of the customer that have not ended."""
        as_of = self.company_id._credit_today()
        return self.search(
            [
                ("profile_id", "=", self.profile_id.id),
                ("state", "=", "approved"),
                ("kind", "in", ["increment", "replacement"]),
                ("date_to", ">=", as_of),
                ("id", "!=", self.id),
            ]
        )

    def _get_amount_lasting(self):
        """Return the limit without temporary ones, in company currency: the own, else the rating's, else 0."""
        profile = self.profile_id
        if profile.limit_type != "none":
            return profile._convert_limit(profile.amount_limit) if profile.limit_type == "amount" else 0.0
        return profile._get_amount_rating() or 0.0

    def _get_decider_task(self):
        return self.env._("Decide on the limit of %(customer)s", customer=self.profile_id.display_name)
