"""Setting up: what was found and waits for somebody's word, each with its button."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import format_list


class CreditSetup(models.TransientModel):
    _inherit = "credit.setup"

    def _get_findings(self):
        found = {
            "tz": self._find_tz(),
            "second": self._find_second(),
            "releases": self._find_release(),
            "levels": self._find_level(),
            "joined": self._find_joined(),
            "policies": self._find_policies(),
        }
        return super()._get_findings() + [
            {"state": "odd", "name": text, "fix": fix} for fix, text in found.items() if text
        ]

    def _get_fixes(self):
        return {
            **super()._get_fixes(),
            "tz": (self.env._("Confirm the Time Zone"), self.action_confirm_tz),
            "second": (self.env._("Ask for a Second Person"), self.action_require_second),
            "releases": (self.env._("Old Releases"), self.action_show_releases),
            "levels": (self.env._("Dunning Levels Set by Hand"), self.action_show_levels),
            "joined": (self.env._("Files of Branches"), self.action_show_joined),
        }

    def _find_tz(self):
        company = self.company_id
        if company.credit_is_tz_confirmed:
            return ""
        return self.env._(
            "Days of credit begin and end at midnight of %(zone)s: nobody has confirmed it yet.", zone=company.credit_tz
        )

    def _find_second(self):
        people = self.env["res.company"]._credit_get_approvers().filtered(
            lambda user: self.company_id in user.company_ids._credit_company()
        )
        if self.company_id.credit_second_person == "required" or len(people) < 2:
            return ""
        return self.env._(
            "%(people)s may approve what loosens a check: it can wait for a second person.",
            people=format_list(self.env, people.mapped("name")),
        )

    def _find_release(self):
        count = self.env["credit.release"].search_count(self._get_release_domain())
        text = self.env._(
            "%(count)s releases from before the upgrade run without a total, or were never measured with the others.",
            count=count,
        )
        return text if count else ""

    def _find_level(self):
        count = self.env["credit.profile"].search_count(self._get_level_domain())
        text = self.env._("%(count)s customers have a dunning level that was set by hand, without end.", count=count)
        return text if count else ""

    def _find_joined(self):
        count = self.env["credit.profile"].search_count(self._get_joined_domain())
        text = self.env._(
            "%(count)s credit files were joined with one of a branch that had another policy or group. They keep the "
            "company's policy and the stricter group: what each said stands in its messages.",
            count=count,
        )
        return text if count else ""

    def _find_policies(self):
        policies = self.env["credit.policy"].search(self.env["credit.policy"]._get_of_branches_domain(self.company_id))
        text = self.env._(
            "%(policies)s: made for a branch, which has its company's policy now. Switch it on, or archive it.",
            policies=format_list(self.env, policies.mapped("name")),
        )
        return text if policies else ""

    def _get_joined_domain(self):
        return [("company_id", "=", self.company_id.id), ("is_joined", "=", True)]

    def _get_release_domain(self):
        today = self.company_id._credit_today()
        return [
            ("company_id", "=", self.company_id.id),
            ("is_measured", "=", False),
            ("state", "=", "running"),
            ("date_until", ">=", today),
        ]

    def _get_level_domain(self):
        return [("company_id", "=", self.company_id.id), ("is_dunning_level_set", "=", True),
                ("date_dunning_level_to", "=", False)]

    def action_confirm_tz(self):
        """Confirm the time zone that was found."""
        return self._confirm({"credit_is_tz_confirmed": True})

    def action_require_second(self):
        """Let what loosens a check wait for a second person from now on."""
        return self._confirm({"credit_second_person": "required"})

    def _confirm(self, values):
        """Write what was confirmed; credit managers need no rights on companies for it.

        :raise AccessError: without the rights of a credit manager
        """
        self._check_is_manager()
        self.company_id.sudo().write(values)  # only what a button confirms, and nothing that loosens
        self._refresh_checks()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _check_is_manager(self):
        if not self.env.user.has_group("credit_management.group_credit_manager"):
            raise AccessError(self.env._("Only credit managers set credit management up."))

    def action_show_releases(self):
        """Open the releases from before the upgrade."""
        return self._show("credit.release", self._get_release_domain(), self._find_release())

    def action_show_joined(self):
        """Open the credit files that were joined with one of a branch, to look at them; they are not asked for again.

        :raise AccessError: without the rights of a credit manager
        """
        self._check_is_manager()
        files = self.env["credit.profile"].search(self._get_joined_domain())
        action = self._show("credit.profile", [("id", "in", files.ids)], self._find_joined())
        files.sudo().is_joined = False  # a mark that nothing depends on
        return action

    def action_show_levels(self):
        """Open the customers whose dunning level was set by hand."""
        return self._show("credit.profile", self._get_level_domain(), self._find_level())

    @api.model
    def _show(self, model, domain, name):
        views = [(False, "list"), (False, "form")]
        return {
            "type": "ir.actions.act_window", "name": name, "res_model": model, "views": views, "domain": domain,
        }
