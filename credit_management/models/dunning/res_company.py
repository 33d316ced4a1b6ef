"""Whether and how a company duns, where nothing else is said."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_dunning_plan_id = fields.Many2one(
        "credit.dunning.plan", "Dunning Plan",
        help="How customers are dunned whose policy has no plan. Empty: they are not dunned.",
    )
    credit_dunning_is_automatic = fields.Boolean(
        "Prepare a Run Each Day", help="Each morning the notices of the day are prepared. They wait for a person."
    )
    credit_dunning_is_sent = fields.Boolean(
        "Send by Itself", help="What was prepared in the morning is sent without a person, within the working hours."
    )
    credit_dunning_test_email = fields.Char(
        "Test Address", help="While it is set, all notices go to this address, and nothing of them counts."
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_dunning_plan_id = fields.Many2one(related="company_id.credit_dunning_plan_id", readonly=False)
    credit_dunning_is_automatic = fields.Boolean(related="company_id.credit_dunning_is_automatic", readonly=False)
    credit_dunning_is_sent = fields.Boolean(related="company_id.credit_dunning_is_sent", readonly=False)
    credit_dunning_test_email = fields.Char(related="company_id.credit_dunning_test_email", readonly=False)
