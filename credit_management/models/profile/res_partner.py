"""Customers: the way to their credit file, and what it says of them."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

CREDIT_GROUP = "credit_management.group_credit_user"


def of_profile(field_class, name, label, **options):
    """Return a field of the customer that shows one of its credit file, to credit users only."""
    return field_class(related=f"credit_profile_id.{name}", string=label, groups=CREDIT_GROUP, **options)


def _amount_of_profile(name, label):
    return of_profile(fields.Monetary, name, label, currency_field="credit_profile_currency_id")


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "credit.owned"]

    credit_profile_id = fields.Many2one(
        "credit.profile",
        "Credit File",
        compute="_compute_credit_profile_id",
        search="_search_credit_profile_id",
        groups=CREDIT_GROUP,
        help="The credit file of the commercial entity in the active company.",
    )
    credit_rating_id = of_profile(fields.Many2one, "rating_id", "Credit Rating")
    credit_limit_state = of_profile(fields.Selection, "limit_state", "Credit Limit Type")
    credit_profile_currency_id = of_profile(fields.Many2one, "currency_id", "Credit Currency")
    credit_amount_limit = _amount_of_profile("amount_limit_effective", "Limit That Applies")
    credit_amount_exposure = _amount_of_profile("amount_exposure", "Credit Exposure")
    credit_amount_available = _amount_of_profile("amount_available", "Available Credit")
    credit_amount_overdue = _amount_of_profile("amount_overdue", "Overdue After Netting")
    credit_percent_utilisation = of_profile(fields.Float, "percent_utilisation", "Credit Utilization (%)")

    @api.model
    def _credit_get_owner_names(self):
        return (*super()._credit_get_owner_names(), "user_id")

    def _credit_get_sellers(self):
        """Return who sells to these customers, or ever did."""
        customers = self.sudo()  # whose they are, whoever may read that
        return customers.user_id | self.env["credit.owner"]._get_former(customers)

    @api.depends_context("company")
    @api.depends("commercial_partner_id")
    def _compute_credit_profile_id(self):
        company = self.env.company._credit_company()
        profiles = (
            self.env["credit.profile"]
            .with_context(active_test=False)
            .search([("partner_id", "in", self.commercial_partner_id.ids), ("company_id", "=", company.id)])
        )
        by_partner = {profile.partner_id: profile for profile in profiles}
        for partner in self:
            partner.credit_profile_id = by_partner.get(partner.commercial_partner_id, False)

    @api.model
    def _search_credit_profile_id(self, operator, value):
        # Odoo asks for the groups of a field where it is read, not where it is searched; every figure comes by here.
        # Not raised at once: Odoo takes an error of a search method for an operator it does not know, and tries with
        # all rights.
        field = self._fields["credit_profile_id"]
        if not self._has_field_access(field, "read"):
            refused = self
            return Domain.custom(to_sql=lambda *_arguments: refused._check_field_access(field, "read"))
        Profile = self.env["credit.profile"]
        if operator not in ("any", "not any"):  # those are what a user asks of the files: they show what they may see
            Profile = Profile.sudo()  # `any!`: a customer is found by its figures also without the right to its file
        files = Domain([("id", operator, value)], internal=True)
        matching = Profile._search(files & Domain("company_id", "=", self.env.company._credit_company().id))
        return [("commercial_partner_id.id", "in", matching.subselect(SQL.identifier("credit_profile", "partner_id")))]

    def action_open_credit_profile(self):
        """Open the credit file of the customer, creating it when this is the first look at it."""
        self.ensure_one()
        self.env["credit.profile"].check_access("read")
        profile = self.env["credit.profile"]._ensure(self, self.env.company)
        return {
            "type": "ir.actions.act_window",
            "res_model": "credit.profile",
            "res_id": profile.id,
            "views": [(False, "form")],
        }
