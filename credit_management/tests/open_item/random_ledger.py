"""Random ledgers in the real database: what may be booked, matched, undone, on which day."""

from collections import namedtuple
from datetime import date, timedelta

from hypothesis import strategies as st
from odoo import Command

FIRST = date(2026, 1, 1)
DAYS = 150
Entry = namedtuple("Entry", "company who currency account amounts days due")
Act = namedtuple("Act", "name one other")

days = st.integers(0, DAYS).map(lambda number: FIRST + timedelta(days=number))
amounts = st.integers(-40, 60).filter(bool).map(lambda number: number * 25)
entries = st.builds(
    Entry,
    company=st.sampled_from([0, 0, 0, 1, 2]),
    who=st.sampled_from([0, 0, 0, 1, 2, None]),
    currency=st.integers(0, 3),
    account=st.sampled_from([0, 0, 0, 0, 0, 0, 1, 2]),
    amounts=st.lists(amounts, min_size=1, max_size=2),
    days=days,
    due=st.integers(-10, 90),
)
acts = st.builds(
    Act,
    name=st.sampled_from(["pay"] * 4 + ["match"] * 2 + ["unmatch", "reset", "post", "credit", "revalue"]),
    one=st.integers(0, 20),
    other=st.integers(0, 20),
)
ledgers = st.tuples(st.lists(entries, min_size=1, max_size=5), st.lists(acts, min_size=2, max_size=8))
asked_days = st.lists(st.tuples(st.integers(0, 30), st.sampled_from([-1, 0, 0, 1, 10])), min_size=3, max_size=5)


class RandomLedger:
    """Books entries by hand for the companies, customers, currencies and accounts of a test."""

    def __init__(self, test):
        self.test, self.env = test, test.env
        self.moves = self.env["account.move"]

    def book(self, entry):
        """Post an entry with an item for each amount; instalments are due one month after the other."""
        company = self.test.companies[entry.company]
        currency = self.test.currencies[entry.currency]
        account = self.test.accounts[company][entry.account]
        partner = False if entry.who is None else self.test.customers[entry.who].id
        lines, total = [], 0.0
        for number, amount in enumerate(entry.amounts):
            balance = currency._convert(amount, company.currency_id, company, entry.days)
            total += balance
            due = entry.days + timedelta(days=entry.due + 30 * number)
            lines.append(self._line(account, partner, currency, amount, balance, date_maturity=due))
        lines.append(self._line(
            self.test.incomes[company], partner, company.currency_id, -total, -total,
            analytic_distribution=self.test.distributions[len(self.moves) % len(self.test.distributions)],
        ))
        self._post(company, entry.days, lines)

    def _line(self, account, partner, currency, amount, balance, **values):
        return Command.create(
            {
                "account_id": account.id, "partner_id": partner, "currency_id": currency.id, "amount_currency": amount,
                "balance": balance, **values,
            }
        )

    def _post(self, company, day, lines):
        move = self.env["account.move"].create(
            {
                "move_type": "entry", "company_id": company.id, "journal_id": self.test.journals[company].id,
                "date": day, "line_ids": lines,
            }
        )
        move.action_post()
        self.moves += move

    def act(self, act):
        getattr(self, f"_{act.name}_")(act.one, act.other)

    def _items(self, states=("posted",)):
        accounts = self.env["account.account"].union(*(x for found in self.test.accounts.values() for x in found))
        return self.moves.line_ids.filtered(lambda item: item.account_id in accounts and item.parent_state in states)

    def choose_days(self, asked):
        """Return days on which something happened, and days beside them."""
        dates = sorted({item.date for item in self.moves.line_ids})
        return sorted({dates[number % len(dates)] + timedelta(days=beside) for number, beside in asked})

    def _pay_(self, one, other):
        """Pay an item, or a part of it, on any day, at the rate of that day, and match the payment."""
        found = self._items().filtered(lambda item: not item.reconciled)
        if not found:
            return
        item, day = found[one % len(found)], FIRST + timedelta(days=other * 11 % DAYS)
        amount = -item.currency_id.round(item.amount_residual_currency * (1.0, 0.4, 1.5)[other % 3])
        company = item.company_id
        balance = item.currency_id._convert(amount, company.currency_id, company, day)
        lines = [
            self._line(item.account_id, item.partner_id.id, item.currency_id, amount, balance),
            self._line(self.test.incomes[company], item.partner_id.id, company.currency_id, -balance, -balance),
        ]
        self._post(company, day, lines)
        (item + self.moves[-1].line_ids.filtered(lambda line: line.account_id == item.account_id)).reconcile()

    def _match_(self, one, other):
        """Match two items that can be matched: of one account, of companies of one tree, of two signs."""
        debits = self._items().filtered(lambda item: item.balance > 0 and not item.reconciled)
        if not debits:
            return
        debit = debits[one % len(debits)]
        credits_ = self._items().filtered(
            lambda item: item.balance < 0 and not item.reconciled and item.account_id == debit.account_id
            and item.company_id.root_id == debit.company_id.root_id
        )
        if credits_:
            (debit + credits_[other % len(credits_)]).reconcile()

    def _unmatch_(self, one, _other):
        matched = self._items(("posted", "draft")).filtered("matching_number")
        if matched:
            matched[one % len(matched)].remove_move_reconcile()

    def _reset_(self, one, _other):
        posted = self.moves.filtered(lambda move: move.state == "posted")
        if posted:
            posted[one % len(posted)].button_draft()

    def _post_again(self, moves, one):
        if moves:
            moves[one % len(moves)].action_post()

    def _post_(self, one, _other):
        self._post_again(self.moves.filtered(lambda move: move.state == "draft"), one)

    def _credit_(self, one, _other):
        """Undo an entry by its reversal, matched with it as Odoo does."""
        posted = self.moves.filtered(lambda move: move.state == "posted" and not move.reversed_entry_id)
        if posted:
            move = posted[one % len(posted)]
            reversal = move._reverse_moves([{"date": move.date + timedelta(days=17)}], cancel=True)
            self.moves += reversal

    def _revalue_(self, one, other):
        """Book a change of value of a foreign currency: an item without an amount in it."""
        company = self.test.companies[0]
        account, value = self.test.accounts[company][0], float(other - 10 or 1)
        partner = self.test.customers[one % len(self.test.customers)].id
        foreign = next(currency for currency in self.test.currencies if currency != company.currency_id)
        lines = [
            self._line(account, partner, foreign, 0.0, value),
            self._line(self.test.incomes[company], partner, company.currency_id, -value, -value),
        ]
        self._post(company, FIRST + timedelta(days=one * 7), lines)
