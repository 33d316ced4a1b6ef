"""Who decides on what somebody else asks for: not who asked, up to the authority; and who is asked."""

from odoo import models


class CreditDecided(models.AbstractModel):
    """Who inherits has `profile_id`, `company_id`, `decider_id`, and says `_get_profiting` and `_get_refusal`."""

    _name = "credit.decided"
    _description = "What Somebody Else Decides On"

    def _get_profiting(self):
        """Return the users who decide nothing on this record; overridden."""
        raise NotImplementedError

    def _get_refusal(self, user):
        """Return why the user's authority does not reach what is asked for, or an empty string; overridden."""
        raise NotImplementedError

    def _get_decider_task(self):
        """Return what the task of whoever is asked says; overridden."""
        raise NotImplementedError

    def _schedule_for_decider(self):
        """Give a task to whoever decides, in their language."""
        decider = self._get_decider()
        self.decider_id = decider
        if decider:
            told = self.with_context(lang=decider.lang or self.env.lang)
            told.activity_schedule(
                "mail.mail_activity_data_todo", summary=told._get_decider_task(), user_id=decider.id
            )

    def _get_decider(self):
        """Return who is asked: the customer's or the company's controller, if they may decide, else who may.

        Nobody is asked to decide on an own request, nor while somebody stands in. Administrators come last:
        they rarely run the credit. When nobody may, the controller is told all the same.
        """
        at_hand = (self.profile_id.controller_id | self.company_id.credit_controller_id) - self._get_profiting()
        people = self._get_managers()
        others = (people - at_hand).sorted(lambda user: (user.has_group("base.group_system"), user.id))
        able = (user for user in [*(at_hand & people), *others] if not self._get_refusal(user))
        return next(able, at_hand[:1])

    def _get_managers(self):
        """Return the credit managers of the company who are here and may decide on it."""
        managers = self.env.ref("credit_management.group_credit_manager").all_user_ids - self._get_profiting()
        here = managers.filtered(lambda user: self.company_id in user.company_ids._credit_company())
        return here - self.env["credit.substitute"]._get_absent(here)

    def action_open_file(self):
        """Open the credit file of the customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "credit.profile",
            "res_id": self.profile_id.id,
            "views": [(False, "form")],
        }
