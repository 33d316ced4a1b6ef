"""The status of an account, and the emergency plan that is opened with it: each step in its owner's language."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# Odoo keeps the steps of a plan in one language: these are the ones that we bring
STEPS = {
    "Stop supply: hold open orders and goods in transit": _lt("Stop supply: hold open orders and goods in transit"),
    "Call the customer: reason and date of payment": _lt("Call the customer: reason and date of payment"),
    "Secure goods and claims: retention of title, guarantees, insurer": _lt(
        "Secure goods and claims: retention of title, guarantees, insurer"
    ),
}


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _set_account_status(self, status, note, plan, reason=None):
        """Change the status of accounts, and open the steps of an activity plan, each with its owner.

        :param str note: why, or what is added to the reason, in words
        :param plan: `mail.activity.plan`, or none
        :param reason: `credit.reason`, or none
        :raise AccessError: without the rights of a credit controller
        """
        if not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(
                self.env._("Only credit controllers and credit managers change the status of an account.")
            )
        self.write({"account_status": status, "status_reason_id": reason and reason.id, "status_reason": note})
        if plan:
            self._open_plan(plan)

    def _open_plan(self, plan):
        for profile in self:
            for step in plan.template_ids:
                owner = profile._get_step_owner(step)
                profile.activity_schedule(
                    activity_type_id=step.activity_type_id.id,
                    summary=profile.with_context(lang=owner.lang or self.env.lang)._get_step_text(step),
                    note=step.note,
                    user_id=owner.id,
                    date_deadline=step._get_date_deadline(profile.company_id._credit_today()),
                )

    @api.model
    def _get_step_text(self, step):
        """Return what a step says: Odoo keeps plans in one language, and ours are known in all."""
        return self.env._(STEPS[step.summary]) if step.summary in STEPS else step.summary

    def _get_step_owner(self, step):
        """Return who takes a step: its own responsible, else the controller, else whoever opens it."""
        return step.responsible_id or self.controller_id or self.company_id.credit_controller_id or self.env.user
