"""Core's own credit limit on the customer: true to the credit file, for core and for other add-ons."""

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _push_core_limit(self):
        """Keep `res.partner.credit_limit` true to the profile, in the company and in its branches."""
        by_amount = defaultdict(self.sudo().browse)  # the limit of the partner belongs to accounting groups
        for profile in self.sudo():  # as above
            by_amount[profile.company_id, profile._get_core_limit()] |= profile
        for (_company, amount), profiles in by_amount.items():
            profiles._write_core_limit(amount)

    def _write_core_limit(self, amount):
        for company in self.company_id._credit_get_tree():
            self.partner_id.with_company(company).write({"credit_limit": amount})

    def _get_core_limit(self):
        """Return the limit as core understands it, in company currency: 0 means 'no check' there,
        so that cash only becomes the smallest amount there is."""
        self.ensure_one()
        if self.limit_type != "amount":
            return 0.0
        amount = self._convert_limit(self.amount_limit)
        return max(amount, self.company_id.currency_id.rounding)

    def _convert_limit(self, amount):
        """Return an amount of the limit's currency in the company's, at the rate of the day it is handed to core."""
        self.ensure_one()
        currency = self.limit_currency_id or self.currency_id
        if currency == self.currency_id:
            return amount
        return currency._convert(amount, self.currency_id, self.company_id, self.company_id._credit_today())


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: customers have their limit in a new branch, too."""
        companies = super().create(vals_list)
        branches = companies.filtered("parent_id")
        branches._credit_company()._credit_share_core_limits()
        return companies

    def _credit_share_core_limits(self):
        """Make the limits that customers have in these companies those in their branches, in one statement each."""
        self.env["res.partner"].flush_model(["credit_limit"])
        for company in self:
            for branch in company._credit_get_tree() - company:
                self.env.cr.execute(
                    SQL(
                        """
                        UPDATE res_partner SET credit_limit = CASE WHEN credit_limit ? %(company)s
                               THEN credit_limit || jsonb_build_object(%(branch)s::text, credit_limit->%(company)s)
                               ELSE credit_limit - %(branch)s END
                         WHERE credit_limit->%(company)s IS DISTINCT FROM credit_limit->%(branch)s
                        """,
                        company=str(company.id),
                        branch=str(branch.id),
                    )
                )
        self.env["res.partner"].invalidate_model(["credit_limit"])


class ResPartner(models.Model):
    _inherit = "res.partner"

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
                    "The credit limit is kept in the customer's credit file. Credit checks are on, so it "
                    "changes only through a request that somebody else approves: open the file and use "
                    "'Request limit'."
                )
            )

    def _pass_core_limit_on(self):
        """Bring the profiles up to date with a limit written in core's own field.

        Where the profile says the same it was the profile that wrote it: an unlimited one is 0 in core, too,
        and one in foreign currency keeps its currency.
        """
        company = self.env.company._credit_company().sudo()  # whoever writes in a branch need not see its company
        customers = self.filtered(lambda partner: partner == partner.commercial_partner_id)
        for profile in self.env["credit.profile"].sudo()._ensure(customers, company):  # their mirror
            # the field belongs to accounting groups; it was written, so the right was there
            amount = profile.partner_id.credit_limit
            if company.currency_id.compare_amounts(profile._get_core_limit(), amount):
                profile.write({
                    "limit_type": "amount" if amount else "none",
                    "amount_limit": max(amount, 0.0),
                    "limit_currency_id": company.currency_id.id,
                })
