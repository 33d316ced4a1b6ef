"""Customers: the way to their credit file; core's own limit follows the profile."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

CREDIT_GROUP = "credit_management.group_credit_user"


def _of_profile(field_class, name, label, **options):
    """Return a field of the customer that shows one of its credit file, to credit users only."""
    return field_class(related=f"credit_profile_id.{name}", string=label, groups=CREDIT_GROUP, **options)


def _amount_of_profile(name, label):
    return _of_profile(fields.Monetary, name, label, currency_field="credit_profile_currency_id")


class ResPartner(models.Model):
    _inherit = "res.partner"

    credit_profile_id = fields.Many2one(
        "credit.profile",
        "Credit Profile",
        compute="_compute_credit_profile_id",
        search="_search_credit_profile_id",
        groups=CREDIT_GROUP,
        help="The credit file of the commercial entity in the active company.",
    )
    credit_rating_id = _of_profile(fields.Many2one, "rating_id", "Credit Rating")
    credit_limit_state = _of_profile(fields.Selection, "limit_state", "Credit Limit Type")
    credit_profile_currency_id = _of_profile(fields.Many2one, "currency_id", "Credit Currency")
    credit_amount_limit = _amount_of_profile("amount_limit_effective", "Limit That Applies")
    credit_amount_exposure = _amount_of_profile("amount_exposure", "Credit Exposure")
    credit_amount_available = _amount_of_profile("amount_available", "Available Credit")
    credit_amount_overdue = _amount_of_profile("amount_overdue", "Overdue After Netting")
    credit_percent_utilisation = _of_profile(fields.Float, "percent_utilisation", "Credit Utilisation (%)")
    credit_hold_count = _of_profile(fields.Integer, "hold_count", "Credit Holds")

    @api.depends_context("company")
    @api.depends("commercial_partner_id")
    def _compute_credit_profile_id(self):
        profiles = (
            self.env["credit.profile"]
            .with_context(active_test=False)
            .search([("partner_id", "in", self.commercial_partner_id.ids), ("company_id", "=", self.env.company.id)])
        )
        by_partner = {profile.partner_id: profile for profile in profiles}
        for partner in self:
            partner.credit_profile_id = by_partner.get(partner.commercial_partner_id, False)

    @api.model
    def _search_credit_profile_id(self, operator, value):
        Profile = self.env["credit.profile"]
        if operator not in ("any", "not any"):  # those are what a user asks of the files: they show what they may see
            Profile = Profile.sudo()  # `any!`: a customer is found by its figures also without the right to its file
        files = Domain([("id", operator, value)], internal=True)
        matching = Profile._search(files & Domain("company_id", "=", self.env.company.id))
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

    def _set_core_credit_limit(self, amount):
        """Write core's limit as the profile says, past the refusal of direct writes."""
        self.ensure_one()
        return super().write({"credit_limit": amount})

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a new customer does not bring its own limit.

        :raise UserError: when credit checks are on: then a limit comes only by request
        """
        if self.env.context.get("default_credit_limit") or any(vals.get("credit_limit") for vals in vals_list):
            self._check_core_limit_change()
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: a limit written in core's field goes through the credit profile.

        :raise UserError: when credit checks are on: then a limit changes only by request
        """
        changed = self._credit_get_limit_changed(vals)
        if changed:
            self._check_core_limit_change()
        result = super().write(vals)
        if changed:
            changed._pass_core_limit_on()
        return result

    def _credit_get_limit_changed(self, vals):
        """Return the customers whose limit in core's own field would change."""
        if "credit_limit" not in vals:
            return self.browse()
        # the field belongs to accounting groups; whoever writes it need not read it
        return self.filtered(lambda partner: partner.sudo().credit_limit != vals["credit_limit"])

    def _check_core_limit_change(self):
        if not self.env.su and self.env.company._is_credit_checked():
            raise UserError(
                self.env._(
                    "The credit limit is kept in the customer's credit profile. Credit checks are on, so it "
                    "changes only through a request that somebody else approves: open the profile and use "
                    "'Request limit'."
                )
            )

    def _pass_core_limit_on(self):
        """Bring the profiles up to date with a limit written in core's own field."""
        company = self.env.company
        for partner in self.filtered(lambda partner: partner == partner.commercial_partner_id):
            # the field belongs to accounting groups; it was written, so the right was there
            amount = partner.sudo().credit_limit
            profile = self.env["credit.profile"].sudo()._ensure(partner, company)  # its mirror
            values = {"limit_type": "amount" if amount else "none", "amount_limit": max(amount, 0.0)}
            profile._write_and_react({**values, "limit_currency_id": company.currency_id.id})
