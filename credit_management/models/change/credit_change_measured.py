"""Where a change acts, and how much it makes possible there: measured once more while it waits, for facts move."""

import json

from odoo import models

from .measures import ANY, TIGHTER


class CreditChange(models.Model):
    _inherit = "credit.change"

    def _get_files(self):
        """Return the credit files that say how far an authority must reach: one of each company where the change acts,
        in memory where the customer has none, or it is about no customer."""
        about = self._get_profile()
        companies = self._get_deciding_companies() or about.company_id
        if about._origin:
            own = [("partner_id", "=", about.partner_id.id), ("company_id", "in", companies.ids)]
            about |= about.sudo().search(own)  # whoever decides need not see them
        found = about if about._origin else about.browse()
        return [*found, *(about.new({"company_id": company.id}) for company in companies - found.company_id)]

    def _get_deciding_companies(self):
        """Return the companies that check something where the change acts; all where it acts, when none does."""
        sides = self._get_subject()._credit_get_sides(self.operation, json.loads(self.values or "{}"))
        companies = self.env["credit.loosening"]._credit_get_acting(sides)
        return companies.filtered(lambda company: company._is_credit_checked()) or companies

    def _get_claims_in(self, company):
        """Return the claims in the currency of a company: as they are measured in that of the one that is looked at, or
        by the rates of the company itself, where that is more."""
        own, today = self.currency_id, company._credit_today()
        here = self.sudo().with_company(company)._get_measured()  # whoever decides need not work there
        claims = {
            kind: amount and max(own._convert(amount, company.currency_id, company, today), here.get(kind, TIGHTER))
            for kind, amount in self._get_claims().items()
        }
        return {kind: None if amount == ANY else amount for kind, amount in claims.items()}

    def _get_claims(self):
        """Return ``{kind: amount}`` of what the change makes possible at most, by the amount of an authority that
        bounds it, in company currency; None for any amount.

        It is measured once more while the change waits: facts move.
        """
        most = self._get_measured()
        if len(most) < 2:
            kind = next(iter(most), self._get_record()._credit_authority_kind)
            most = {kind: max(self.amount_most, most.get(kind, TIGHTER))}
        return {kind: None if self.is_any or amount == ANY else amount for kind, amount in most.items()}

    def _get_measured(self):
        """Return ``{kind: amount}`` of what the change makes possible at most, as it is measured now while it waits."""
        record, most = self._get_record(), {}
        for name, _before, _after, amount in self._get_waiting():
            kind = record._credit_get_kind(name)
            most[kind] = max(most.get(kind, TIGHTER), amount)
        return {kind: amount for kind, amount in most.items() if amount != TIGHTER}

    def _get_waiting(self):
        """Return what the change would still change."""
        record = self._get_record()
        if self.state != "waiting" or (self.operation != "create" and not record):
            return []
        return record._credit_get_what(self.operation, json.loads(self.values or "{}"))


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _credit_get_sides(self, operation, vals):
        """Override: whoever leaves a credit group leaves room to its members, wherever they are."""
        sides = super()._credit_get_sides(operation, vals)
        left = self.sudo().group_id if "group_id" in vals else self.env["credit.group"]  # whoever may see it
        return [*sides, *left]
