"""The longest terms that a law allows, by country and by who owes: data, each with its source."""

from odoo import api, fields, models, tools

from ...engine.terms import Ceiling
from ..record.words import in_every_language

BUSINESS = {"sole", "sme", "large", "related"}  # legal classes of who trades; an unknown class is a business, too


class CreditTermsCeiling(models.Model):
    _name = "credit.terms.ceiling"
    _description = "Longest Terms That a Law Allows"
    _inherit = ["credit.policy.part"]
    _order = "days, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, help="What a finding calls it: the law, in a few words.")
    active = fields.Boolean(default=True, help="Archived ceilings are not checked.")
    company_id = fields.Many2one("res.company", index=True, help="The company whose sales it is for. Empty: all.")
    country_ids = fields.Many2many(
        "res.country", string="Countries",
        help="It applies where our company and the customer both are in one of them.",
    )
    country_group_id = fields.Many2one("res.country.group", "Country Group", help="More countries, as a group.")
    debtor = fields.Selection(
        [("business", "Businesses"), ("large", "Large companies"), ("public", "Public bodies"),
         ("consumer", "Consumers")],
        "Who Owes", required=True, default="business",
        help="The legal class on the credit file. Whoever has none is taken as a business.",
    )
    days = fields.Integer(
        "Longest Terms (days)", required=True, aggregator=None,
        help="Terms that run **longer** than this are a finding.",
    )
    source = fields.Char(required=True, help="The law it comes from, with its article.")

    _days_positive = models.Constraint("CHECK (days > 0)", "A ceiling on terms is at least one day.")

    def _update_field_translations(self, *args, **options):
        """Override: findings take the names of the ceilings from the snapshots, too."""
        self.env["credit.policy"]._clear_snapshots()
        return super()._update_field_translations(*args, **options)

    @api.model
    @tools.ormcache("company_id")
    def _get_for_company(self, company_id):
        """Return the ceilings of a company's country, the shortest first: ``((debtor, country ids, Ceiling), …)``."""
        # every user's document is checked, whoever may open the ceilings, or the company
        country = self.env["res.company"].sudo().browse(company_id).country_id
        everybodys = self.sudo().with_context(active_test=True)  # see above
        found = []
        for ceiling in everybodys.search([("company_id", "in", [company_id, False])]):
            countries = ceiling.country_ids | ceiling.country_group_id.country_ids
            if country in countries:
                name = in_every_language(ceiling, lambda told: told.name)
                found.append((ceiling.debtor, frozenset(countries.ids), Ceiling(name, ceiling.days)))
        return tuple(found)

    @api.model
    def _get_for_profile(self, profile):
        """Return the shortest ceiling that applies to a customer, or None."""
        found = self._get_for_company(profile.company_id.id)
        if not found:
            return None
        country_id = profile.partner_id.country_id.id
        kinds = {"consumer"} if profile._is_consumer() else {profile.legal_class or "sme"}
        if kinds & BUSINESS:
            kinds |= {"business"}
        return next((ceiling for kind, ids, ceiling in found if kind in kinds and country_id in ids), None)
