"""Whether a company checks credit at all: its policies say so."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _is_credit_checked(self):
        """Override: a policy is on in this company."""
        return super()._is_credit_checked() or bool(self.env["credit.policy"]._get_active_snapshots(self.id))

    def _has_credit_limits(self):
        """Tell whether there is a limit that could be exceeded: of a customer, of a group or of a rating."""
        has_amount = [("limit_type", "=", "amount")]
        domains = {
            "credit.profile": [("company_id", "in", self.ids), *has_amount],
            "credit.group": has_amount,
            "credit.rating": has_amount,
        }
        return any(self.env[model].search_count(domain, limit=1) for model, domain in domains.items())


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    is_credit_checked = fields.Boolean(
        "Checks Are On", compute="_compute_is_credit_checked", help="Whether a policy is on in this company."
    )

    def _compute_is_credit_checked(self):
        checked = {company: company._is_credit_checked() for company in self.company_id}
        for profile in self:
            profile.is_credit_checked = checked.get(profile.company_id, False)
