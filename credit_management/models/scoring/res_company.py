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
    credit_months_score_keep = fields.Integer(
        "Scores Are Kept For (months)", default=24,
        help="Older scores are deleted every month. Those of an assessment, those from which something followed, the "
        "one before each that stays, and the last of each customer are kept. At least 13, for looking back at a year.",
    )

    _credit_score_keep_long = models.Constraint(
        "CHECK (credit_months_score_keep >= 13)",
        "Scores are kept for at least 13 months: they are looked back at after a year.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_score_change = fields.Selection(related="company_id.credit_score_change", readonly=False)
    credit_months_score_keep = fields.Integer(related="company_id.credit_months_score_keep", readonly=False)
