"""What a part payment of a debt settles first: what was claimed of it, by whomever, counts before the principal.

Interest that has arisen is known from the debt itself (`engine/interest.py`); costs and what was paid on claims are
not, and are read here. Where the principal comes first nothing is read.
"""

from collections import defaultdict

from odoo import api, models

from ...engine import interest as engine
from .credit_dunning_claim import SAID


class CreditDunningClaim(models.Model):
    _inherit = "credit.dunning.claim"

    @api.model
    def _make_imputer(self, companies, items, leaving=None):
        """Return a function that returns a debt of one of these items, lowered in the order of its company.

        :param leaving: notices whose own claims are left out
        """
        orders = {company: company._credit_get_payment_order() for company in companies}
        is_read = "costs" in orders.values()
        read = self._read_costs_and_settled(items, leaving) if is_read else ()

        def impute(item, terms, debt):
            besides = (amounts.get(item.id, ()) for amounts in read)
            return engine.impute(terms, debt, orders[item.company_id], item.currency_id.rounding, *besides)

        return impute

    @api.model
    def _read_costs_and_settled(self, items, leaving):
        """Return ``{item id: [(day, amount)]}`` of costs, of what of its claims was paid, and of what was waived."""
        costs, settled, waived = (defaultdict(list) for _number in range(3))
        claims = self.sudo().search([  # whoever sends, or looks
            ("step", "in", SAID), ("notice_id", "not in", leaving.ids if leaving else []),
            "|", ("item_id", "in", items.ids),
            "&", ("kind", "=", "fee"), ("notice_id.line_ids.item_id", "in", items.ids),
        ])
        for claim in claims:
            item = claim._get_item()
            if claim.kind != "interest":
                costs[item.id].append((claim._get_arisen(), claim.amount))
            if day := claim._get_settled():
                (waived if claim.state == "waived" else settled)[item.id].append((day, claim.amount))
        return costs, settled, waived

    def _get_item(self):
        """Return the item that the claim is of; a fee is of what its notice dunned and was due first."""
        lines = self.notice_id.line_ids.sorted(lambda line: (not line.is_dunned, line.date_due or self.notice_id.date))
        return self.item_id or lines.item_id[:1]

    def _get_arisen(self):
        return self.notice_id.date or self.date_until

    def _get_settled(self):
        """Return the day on which the claim was paid, or waived; None while it is open."""
        if self.state == "waived":
            return self.date_waived or self.write_date.date()
        if self.state != "paid":
            return None
        return max(self._get_bookings().matched_credit_ids.mapped("max_date"), default=None)

    def _get_bookings(self):
        """Return the items on the customer's account that the claim stands on."""
        return self.booking_id
