"""Setting up: what was found and waits for somebody's word, each finding with its button."""

from odoo import fields, models


class CreditSetup(models.TransientModel):
    _inherit = "credit.setup"

    def _get_findings(self):
        found = super()._get_findings()
        for kind in ("tz", "second", "release", "level"):
            text = getattr(self, f"_find_{kind}")()
            if text:
                found.append({"state": "odd", "name": text, "kind": kind})
        return found

    def _find_tz(self):
        company = self.company_id.root_id
        if company.credit_is_tz_confirmed:
            return ""
        return self.env._(
            "Days of credit begin and end at midnight of %(zone)s: nobody has confirmed it yet.", zone=company.credit_tz
        )

    def _find_second(self):
        people = self.env["res.company"]._credit_get_approvers().filtered(
            lambda user: self.company_id in user.company_ids
        )
        if self.company_id.credit_second_person == "required" or len(people) < 2:
            return ""
        return self.env._(
            "%(people)s may approve what loosens a check: it can wait for a second person.",
            people=", ".join(people.mapped("name")),
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
        text = self.env._("%(count)s customers have a dunning level that was typed, without end.", count=count)
        return text if count else ""

    def _get_release_domain(self):
        today = self.company_id._credit_today()
        return [
            ("company_id", "=", self.company_id.id),
            ("is_measured", "=", False),
            ("state", "=", "running"),
            ("date_until", ">=", today),
        ]

    def _get_level_domain(self):
        return [("company_id", "=", self.company_id.id), ("dunning_level", ">", 0), ("dunning_reason", "!=", False)]


class CreditSetupCheck(models.TransientModel):
    _inherit = "credit.setup.check"

    kind = fields.Char(readonly=True, help="Technical: which button answers the finding.")

    def action_confirm_tz(self):
        """Confirm the time zone that was found."""
        self.setup_id._confirm({"credit_is_tz_confirmed": True}, self.setup_id.company_id.root_id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_require_second(self):
        """Let what loosens a check wait for a second person from now on."""
        self.setup_id._confirm({"credit_second_person": "required"}, self.setup_id.company_id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_show(self):
        """Open the records of the finding."""
        model, domain = {
            "release": ("credit.release", self.setup_id._get_release_domain()),
            "level": ("credit.profile", self.setup_id._get_level_domain()),
        }[self.kind]
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
        }
