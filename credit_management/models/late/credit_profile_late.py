"""What late payment costs a customer up to a day: each item with its arithmetic, less what was claimed before."""

from collections import defaultdict
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from odoo import models

from ...engine import interest as engine
from ..notice.credit_dunning_claim import prepare_interest

YEARS = 3  # as far as claims are looked for: the usual limitation


@dataclass(frozen=True)
class Late:
    """An item that was paid late, or is: what it costs, and what was claimed before."""

    item: models.BaseModel
    values: tuple  # of the claims that can be made now
    claimed: float
    is_disputed: bool

    @property
    def amount(self):
        """Return what can be claimed now."""
        return sum(values["amount"] for values in self.values)


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_late(self, day):
        """Return `Late` of each item of the customer that can be claimed for, the oldest due first."""
        self.ensure_one()
        interest = self._get_interest(day)
        if not interest:
            return []
        items, terms = self._find_late_items(day), interest._make_terms()
        Claim = self.env["credit.dunning.claim"]
        debts = Claim.env["credit.interest"]._read_debts(items.ids, day)
        items = items.filtered(lambda item: item.id in debts)
        lowered = self._lower_debts(terms, items, debts, day)
        claimed = Claim._read_claimed(items.ids, self.env["credit.notice"])
        compensated, disputed = Claim._read_compensated(items.move_id), self._find_disputed(items)
        fees = Claim._read_fees(items.move_id - compensated) if interest.compensation_ids else {}
        found = []
        for item in items:
            before, last = claimed.get(item.id, (0.0, None))
            values = self._reckon_item(terms, item, lowered[item], day, (before, last))
            if item.move_id not in compensated and values is not None:
                values += self._prepare_compensation(interest, item, day, fees.get(item.move_id, 0.0))
                compensated |= item.move_id
            if values:
                found.append(Late(item, tuple(values), before, item.move_id in disputed))
        return found

    def _find_late_items(self, day):
        """Return the receivable items of invoices that were due before a day, and not paid by then or on time."""
        first = day - relativedelta(years=YEARS)
        items = self.env["account.move.line"].sudo().search(  # figures of the file, whoever sees it
            [
                ("partner_id.commercial_partner_id", "=", self.partner_id.id),
                ("company_id", "child_of", self.company_id.id), ("parent_state", "=", "posted"),
                ("move_id.move_type", "in", ("out_invoice", "out_receipt")), ("balance", ">", 0),
                ("account_id.account_type", "=", "asset_receivable"), ("account_id.non_trade", "=", False),
                ("no_followup", "=", False), ("date_maturity", "<", day), ("date_maturity", ">=", first),
            ],
            order="date_maturity, id",
        )
        return items.filtered(lambda item: not item.reconciled or item._get_last_paid() > item.date_maturity)

    def _find_disputed(self, items):
        """Return the invoices of items that are disputed: nothing is claimed of them meanwhile."""
        disputes = self.env["credit.dispute"].sudo()  # whoever sees the file
        return disputes.search([("move_id", "in", items.move_id.ids), ("state", "=", "open")]).move_id

    def _lower_debts(self, terms, items, debts, day):
        """Return ``{item: Debt}``, lowered by all that the customer has paid, in the order of the company."""
        impute = self.env["credit.dunning.claim"]._make_imputer(items.company_id, items)
        spread = self._spread_credits(items, debts, day)
        return {item: impute(item, terms, debt) for item, debt in spread.items()}

    def _spread_credits(self, items, debts, day):
        """Return ``{item: Debt}``, lowered by what the customer has paid and nobody has matched yet."""
        found, unmatched = {}, self._find_credits(day)
        for currency, own in items.grouped("currency_id").items():
            lowered = engine.spread([debts[item.id] for item in own], unmatched.get(currency, []))
            found |= dict(zip(own, lowered, strict=True))
        return found

    def _find_credits(self, day):
        """Return ``{currency: [(day, amount)]}`` of what the customer has paid and is matched with nothing."""
        credits = self.env["account.move.line"].sudo().search([  # figures of the file, whoever sees it
            ("partner_id.commercial_partner_id", "=", self.partner_id.id), ("parent_state", "=", "posted"),
            ("company_id", "child_of", self.company_id.id), ("account_id.account_type", "=", "asset_receivable"),
            ("account_id.non_trade", "=", False), ("amount_residual", "<", 0), ("date", "<=", day),
        ])
        found = defaultdict(list)
        for item in credits:
            found[item.currency_id].append((item.date, -item.amount_residual_currency))
        return found

    def _reckon_item(self, terms, item, debt, day, claimed):
        """Return the values of the interest on an item; None where it was not late at all."""
        before, last = claimed
        stretches = engine.reckon(terms, debt, day)
        if not stretches:
            return None
        amount = engine.interest_since(terms, debt, day, before, item.currency_id.rounding)
        return [{**self._prepare_claim(item), **prepare_interest(amount, stretches, last)}] if amount else []

    def _prepare_compensation(self, interest, item, day, fees):
        """Return the values of the fixed compensation of an invoice, above what reminders have cost already."""
        company, move = self.company_id.sudo(), item.move_id  # see above
        fixed = interest._get_compensation(move.amount_total, move.currency_id, company, day)
        amount = move.currency_id.round(engine.above(fees, 0.0, fixed))
        if not amount:
            return []
        return [{**self._prepare_claim(item), "kind": "compensation", "amount": amount, "date_until": day}]

    def _prepare_claim(self, item):
        return {
            "partner_id": self.partner_id.id, "company_id": item.company_id.id, "currency_id": item.currency_id.id,
            "item_id": item.id, "move_id": item.move_id.id,
        }

    def _claim_late(self, day, items, step="claimed"):
        """Claim what late payment of items costs up to a day; return the claims. Whoever calls it has checked rights.

        What is disputed is left out, and what was reckoned before and waits for a decision is reckoned anew.
        """
        Claim = self.env["credit.dunning.claim"].sudo()  # written by steps only
        Claim.search([("item_id", "in", items.ids), ("step", "=", "draft")]).unlink()
        values = [
            {**claim, "step": step}
            for late in self._get_late(day) if late.item in items and not late.is_disputed for claim in late.values
        ]
        return Claim.create(values).sudo(self.env.su)  # back to the rights of the caller


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_last_paid(self):
        """Return the day of the last match of an item; its own day without any."""
        return max(self.matched_credit_ids.mapped("max_date"), default=self.date)
