"""Customers that pay late, and what the laws make of it."""

from datetime import date

from odoo.fields import Command

from ..notice.common import NoticeCommon


class LateCommon(NoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_accounts()
        cls.eu = cls.env.ref("credit_management.interest_eu")
        cls.eu.compensation_currency_id = cls.company.currency_id
        # the rate of the second half of 2026, as the worked figures have it
        cls.eu.reference_id.value_ids = [
            Command.create({"date_from": "2026-07-01", "percent": 2.40, "source": "Worked figures"})
        ]
        cls.company.credit_interest_id = cls.eu
        cls.profile = cls.profile_of(cls.customer)

    def late(self, day, profile=None):
        """Return ``[(kind, amount)]`` of what can be claimed as of a day."""
        found = (profile or self.profile)._get_late(date.fromisoformat(day))
        return sorted((values["kind"], values["amount"]) for item in found for values in item.values)

    def open_late(self, day, user=None):
        """Open the page of a customer."""
        Late = self.env["credit.profile.late"].with_user(user or self.env.user)
        return Late.create({"profile_id": self.profile.id, "date": day})

    def claim_all(self, day, user=None):
        return self.env["credit.dunning.claim"].browse(
            self.open_late(day, user).action_claim()["domain"][0][2]
        )
