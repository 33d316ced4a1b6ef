"""Finding the customers of a revaluation and their new limits, all at once."""

from odoo import models

from ...engine.limit_methods import round_down


class CreditRevaluation(models.Model):
    _inherit = "credit.revaluation"

    def _find_lines(self):
        """Return the values of the lines: of customers whose limit is an amount and would be another one.

        By the methods also of customers that have none yet. A handful of statements, however many they are.
        """
        # those of the company, whoever may see them: the approvers' list is whole
        profiles = self.env["credit.profile"].sudo().with_company(self.company_id).search(self._get_domain())
        profiles.fetch(["limit_type", "amount_limit", "limit_currency_id", "rating_id", "amount_exposure"])
        proposed = profiles._get_limit_proposals() if self.method == "proposal" else {}
        values = (self._prepare_line(profile, proposed.get(profile.id)) for profile in profiles)
        return [line for line in values if line]

    def _get_domain(self):
        """Return the customers that are looked at."""
        kinds = ["amount", "none"] if self.is_inherited or self.method == "proposal" else ["amount"]
        domain = [("company_id", "=", self.company_id.id), ("limit_type", "in", kinds)]
        if self.rating_ids:
            domain.append(("rating_id", "in", self.rating_ids.ids))
        if self.group_ids:
            domain.append(("group_id", "in", self.group_ids.ids))
        if self.country_ids:
            domain.append(("partner_id.country_id", "in", self.country_ids.ids))
        return domain

    def _prepare_line(self, profile, proposal):
        """Return the values of a line, None for a customer that is left out or whose limit stays."""
        before, is_own = self._get_base(profile)
        if before is None or not self._is_within(before):
            return None
        after = self._get_new(before, proposal, profile._get_highest_limit())
        if after is None or not self.currency_id.compare_amounts(after, before):
            return None
        currency = profile.limit_currency_id or self.currency_id
        # what is looked at is what is granted: rounded in its own currency, and converted back
        own = currency.round(self._exchange(after, self.currency_id, currency))
        return {
            "revaluation_id": self.id,
            "profile_id": profile.id,
            "rating_id": profile.rating_id.id,
            "limit_currency_id": currency.id,
            "is_own": is_own,
            "amount_own_before": profile.amount_limit if is_own else 0.0,
            "amount_own_after": own,
            "amount_before": before,
            "amount_after": self._exchange(own, currency, self.currency_id),
            "amount_exposure": profile.amount_exposure,
        }

    def _get_base(self, profile):
        """Return what the limit is now, in company currency, and whether it is the customer's own; None for a limit
        that is left alone."""
        if profile.limit_type == "amount":
            return profile._convert_limit(profile.amount_limit), True
        rating = profile.rating_id
        if self.is_inherited and rating.limit_type == "amount":
            currency = rating.currency_id or self.currency_id
            return self._exchange(rating.amount_limit, currency, self.currency_id), False
        is_free = self.method == "proposal" and rating.limit_type in (False, "none")
        return (0.0 if is_free else None), False

    def _is_within(self, before):
        return before >= self.amount_from and (not self.amount_to or before <= self.amount_to)

    def _get_new(self, before, proposal, highest):
        """Return the new limit, in company currency; None where no method has an answer.

        :param highest: the customer's own cap on its limit; None without
        """
        if self.method == "proposal":
            after = proposal.combined.amount
        else:
            after = before * (1 + self.percent / 100) if self.method == "percent" else before + self.amount
        if after is None:
            return None
        after = max(0.0, self._bound(after, before))
        return self._round(after if highest is None else min(after, highest), before)

    def _round(self, after, before):
        """Return the new limit rounded down: that makes no cut of a raise, nor one beyond what the journal allows."""
        lowest = before if after >= before else self._bound(0.0, before)
        return max(round_down(after, self.amount_step), min(after, lowest))

    def _bound(self, after, before):
        """Return the new limit, no further from the present one than the journal allows."""
        if not self.percent_most or not before:
            return after
        most = before * self.percent_most / 100
        return min(max(after, before - most), before + most)

    def _exchange(self, amount, source, target):
        return source._convert(amount, target, self.company_id, self.company_id._credit_today())
