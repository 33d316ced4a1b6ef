"""What a credit file says to dunning: its plan, and whether it is left out."""

from odoo import fields, models

PROCEEDINGS = [
    ("insolvency", "Insolvency"),
    ("court", "Court"),
    ("enforcement", "Enforcement"),
    ("agency", "Collection agency"),
    ("lawyer", "Lawyer"),
    ("other", "Other"),
]


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    dunning_plan_id = fields.Many2one(
        "credit.dunning.plan", "Own Dunning Plan", tracking=True, index="btree_not_null", ondelete="restrict",
        domain="[('company_id', 'in', (False, company_id))]",
        help="How this customer is dunned. Empty: by the plan of its policy, else of the company.",
    )
    is_dunning_blocked = fields.Boolean(
        "Not Dunned", tracking=True, help="The customer gets no notice, until the day beside it if there is one."
    )
    date_dunning_blocked_to = fields.Date(
        "Not Dunned Until", tracking=True, help="The last day without notices. Empty: without end."
    )
    dunning_blocked_reason = fields.Char("Why Not Dunned", tracking=True)
    proceedings_kind = fields.Selection(
        PROCEEDINGS, "In Proceedings", tracking=True, help="A customer in proceedings gets no notice."
    )
    date_proceedings_from = fields.Date(
        "Proceedings Since", tracking=True, help="The first day without notices. Empty: since ever."
    )
    date_proceedings_to = fields.Date("Proceedings Until", tracking=True, help="Empty: they run.")
    proceedings_reason = fields.Char("Note on the Proceedings", tracking=True)
