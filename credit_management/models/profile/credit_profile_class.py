"""Who the customer is before the law: ceilings of terms and late-payment claims depend on it."""

from odoo import fields, models


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    legal_class = fields.Selection(
        [("consumer", "Consumer"), ("sole", "Sole trader"), ("sme", "Small or medium-sized company"),
         ("large", "Large company"), ("public", "Public body"), ("related", "Related party")],
        "Legal Class",
        tracking=True,
        help="What the customer is before the law. How long terms may be, which interest and which compensation may be "
        "claimed depends on it. Empty: not known; a company is taken as a business, a person as a consumer.",
    )

    def _is_consumer(self):
        """Tell whether the customer is protected as a consumer; a person of whom nothing is known is."""
        return self.legal_class == "consumer" or not (self.legal_class or self.partner_id.is_company)
