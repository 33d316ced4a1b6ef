"""What is open on a day, worked out the slow, obvious way: one item, one match after the other."""

from collections import defaultdict


class Ledger:
    """All receivable items and matches of a database, as records."""

    def __init__(self, env, companies, advances):
        self.env, self.advances = env, advances
        accounts = env["account.account"].search([("account_type", "=", "asset_receivable")]) + advances
        self.items = env["account.move.line"].search(
            [("account_id", "in", accounts.ids), ("company_id", "in", companies.ids)]
        )
        self.matches = env["account.partial.reconcile"].search([])
        self.exchange_moves = self.matches.exchange_move_id

    def has_happened(self, item, day):
        return item.parent_state == "posted" and item.date <= day

    def counts(self, match, day):
        """A match counts from the later day of the two that it joins, if both are posted."""
        return self.has_happened(match.debit_move_id, day) and self.has_happened(match.credit_move_id, day)

    def rest(self, item, day):
        """Return what is open of an item: in company currency, and in its own."""
        amount, amount_currency = item.balance, item.amount_currency
        for match in self.matches:
            if self.counts(match, day) and match.debit_move_id == item:
                amount, amount_currency = amount - match.amount, amount_currency - match.debit_amount_currency
            if self.counts(match, day) and match.credit_move_id == item:
                amount, amount_currency = amount + match.amount, amount_currency + match.credit_amount_currency
        return amount, amount_currency

    def difference(self, item, day):
        """Return what an exchange entry of a later day takes of an item, for a match that counts already."""
        amount = amount_currency = 0.0
        for match in self.matches:
            other = match.credit_move_id if match.debit_move_id == item else match.debit_move_id
            if item not in match.debit_move_id + match.credit_move_id or not self.is_awaited(other.move_id, day):
                continue
            sign = 1 if match.debit_move_id == item else -1
            amount += sign * match.amount
            amount_currency += sign * (match.debit_amount_currency if sign > 0 else match.credit_amount_currency)
        return amount, amount_currency

    def is_awaited(self, move, day):
        """Tell whether an entry will book the exchange difference of a match that counts on the day."""
        if move.state != "posted" or move.date <= day:
            return False
        return any(match.exchange_move_id == move and self.counts(match, day) for match in self.matches)

    def kind(self, item, amount_currency):
        if item.account_id in self.advances:
            return "advance"
        if item.account_id.non_trade:
            return "other"
        if not item.partner_id:
            return "nobody"
        is_foreign = item.currency_id != item.company_currency_id
        return "exchange" if is_foreign and item.currency_id.is_zero(amount_currency) else "trade"

    def open_items(self, day):
        """Return ``{(item, is a difference to be booked): (kind, amount, amount in its currency)}``."""
        found = {}
        for item in self.items.filtered(lambda item: self.has_happened(item, day)):
            amount, amount_currency = self.rest(item, day)
            parts = {True: self.difference(item, day)}
            parts[False] = amount - parts[True][0], amount_currency - parts[True][1]
            for is_awaited, (part, part_currency) in parts.items():
                if not item.company_currency_id.is_zero(part):
                    kind = self.kind(item, part_currency)
                    kind = "exchange" if is_awaited and kind == "trade" else kind
                    found[item.id, is_awaited] = kind, round(part, 3), round(part_currency, 3)
        return found

    def balances(self, day):
        """Return the posted balances: ``{(company, account): amount}``."""
        found = defaultdict(float)
        for item in self.items.filtered(lambda item: self.has_happened(item, day)):
            found[item.company_id.root_id.id, item.account_id.id] += item.balance
        return {key: round(amount, 3) for key, amount in found.items() if round(amount, 3)}
