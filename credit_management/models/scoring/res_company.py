"""Whether a score changes a rating by itself, and how far."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_score_change = fields.Selection(
        [("none", "Changes no rating"), ("down", "Lowers a rating, by one class at most"),
         ("both", "Lowers or raises a rating, by one class at most")],
        "What a Score Does at Night", required=True, default="none",
        help="Only above the minimum coverage of the scorecard, and never of a natural person: there a score proposes. "
        "Each change is kept with its reasons.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_score_change = fields.Selection(related="company_id.credit_score_change", readonly=False)
