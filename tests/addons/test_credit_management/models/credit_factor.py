"""A factor of a score: one entry, and a method that reads it for all customers at once."""

from odoo import api, models
from odoo.addons.credit_management.engine.scoring import Value
from odoo.addons.credit_management.models.factor.factor import KEPT_NOT, Factor
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)


def read_guarantees(factors, profiles, day):
    """Return how many guarantees are given for each of some customers: of today, for what was given is not dated."""
    if day < profiles.company_id[:1]._credit_today():
        return {profile.id: {"guarantees": Value(None, f"{KEPT_NOT}:")} for profile in profiles}
    Guarantee = factors.env["credit.test.guarantee"]
    domain = [("partner_id", "in", profiles.partner_id.ids), ("state", "=", "given")]
    counts = {partner.id: count for partner, count in Guarantee._read_group(domain, ["partner_id"], ["__count"])}
    return {profile.id: {"guarantees": Value(float(counts.get(profile.partner_id.id, 0)))} for profile in profiles}


class CreditFactor(models.AbstractModel):
    _inherit = "credit.factor"

    @api.model
    def _get_factors(self):
        """Override to add the factor of this add-on."""
        guarantees = Factor(
            "guarantees", _lt("Guarantees Given"), _lt("No guarantee is known"), read=read_guarantees
        )
        return {**super()._get_factors(), guarantees.name: guarantees}
