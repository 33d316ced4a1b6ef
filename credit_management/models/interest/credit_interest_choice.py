"""Which interest is claimed of whom: by policy, by company, and apart for businesses and consumers."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_interest_id = fields.Many2one(
        "credit.interest", "Late-Payment Interest of Businesses",
        help="What is claimed of businesses that pay late, unless their policy says otherwise. Empty: nothing.",
    )
    credit_interest_consumer_id = fields.Many2one(
        "credit.interest", "Late-Payment Interest of Consumers",
        help="What is claimed of consumers that pay late. Empty: nothing.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_interest_id = fields.Many2one(related="company_id.credit_interest_id", readonly=False)
    credit_interest_consumer_id = fields.Many2one(related="company_id.credit_interest_consumer_id", readonly=False)


class CreditPolicy(models.Model):
    _inherit = "credit.policy"

    interest_id = fields.Many2one(
        "credit.interest", "Late-Payment Interest", ondelete="restrict",
        domain="[('company_id', 'in', (False, company_id)), ('debtor', '!=', 'consumer')]",
        help="What is claimed of businesses under the policy that pay late. Empty: as the company says.",
    )

    def _prepare_snapshot(self):
        """Override: with the interest."""
        return {**super()._prepare_snapshot(), "interest_id": self.interest_id.id}


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_interest(self, day):
        """Return the `credit.interest` that is claimed of a customer as of a day; empty where none is."""
        self.ensure_one()
        company = self.company_id.sudo()  # what the company claims, whoever asks
        if self._is_consumer():
            return company.credit_interest_consumer_id
        snapshot = self.env["credit.policy"]._get_snapshot_for(self, day)
        chosen = self.env["credit.interest"].sudo().browse(snapshot and snapshot["interest_id"])  # see above
        return chosen or company.credit_interest_id
