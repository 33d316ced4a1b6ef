"""Who the customer is before the law: ceilings of terms, late-payment claims and automatic decisions depend on it."""

from odoo import api, fields, models
from odoo.fields import Domain

PERSONS = ("consumer", "sole")  # classes of natural persons
BODIES = ("sme", "large", "public")


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
    is_natural_person = fields.Boolean(
        "Natural Person", compute="_compute_is_natural_person", search="_search_is_natural_person",
        help="Consumers and sole traders are; of whom nothing is known is, too, unless the contact is a company. "
        "Nothing adverse is decided on a natural person by a job alone.",
    )

    @api.depends("legal_class", "partner_id.is_company")
    def _compute_is_natural_person(self):
        for profile in self:
            profile.is_natural_person = profile._is_natural_person()

    @api.model
    def _search_is_natural_person(self, operator, value):
        if operator != "in":
            return NotImplemented
        unknown = Domain("legal_class", "in", [False, "related"]) & Domain("partner_id.is_company", "=", False)
        return Domain("legal_class", "in", PERSONS) | unknown

    def _is_natural_person(self):
        """Tell whether the customer is a natural person; whoever is not known to be a company is."""
        if self.legal_class in PERSONS:
            return True
        return self.legal_class not in BODIES and not self.partner_id.is_company

    def _is_consumer(self):
        """Tell whether the customer is protected as a consumer; a person of whom nothing is known is."""
        return self.legal_class == "consumer" or not (self.legal_class or self.partner_id.is_company)
