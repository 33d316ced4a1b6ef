"""Random persons play random legal moves; a ledger kept beside proves that nobody lets through more than they may.

The ledger knows nothing of the product but which orders are confirmed: prices, limits, permissions and persons are its
own. `CREDIT_AUTHORITY_GAMES` plays more games.
"""

import json
import os
import random
from dataclasses import dataclass, field

from odoo import Command
from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import tagged

from ..common import CreditCommon

GAMES = int(os.environ.get("CREDIT_AUTHORITY_GAMES", "2"))
MOVES = 40
AMOUNTS = (100, 300, 600, 1000, 1500, 4000)
REACHES = (1500, 9000, 40000, 40000)


@dataclass
class Permission:
    """What a person has allowed: one order up to an amount, or all of a customer, each and together."""

    giver: object
    each: float
    most_over: float  # what the authority was asked for
    total: float = 0.0
    used: float = 0.0


@dataclass
class Sheet:
    """One order as the ledger knows it."""

    customer: object
    price: float
    parties: set = field(default_factory=set)
    makers: set = field(default_factory=set)  # those of them who made or had it: the customer is theirs, too
    stopped: float = 0.0
    released: Permission = None
    freed: Permission = None
    is_passed: bool = False
    counted: float = 0.0


class Game:
    """The moves of one game, and its ledger."""

    def __init__(self, test, seed):
        self.test, self.env, self.dice = test, test.env, random.Random(seed)
        self.sheets, self.limits, self.wholes = {}, {}, {}
        self.authorities = {user: self.dice.choice(REACHES) for user in test.deciders}
        self.past_limit, self.moved, self.increases = 0, 0, {}
        for user, amount in self.authorities.items():
            values = {"name": "a", "amount_over_max": amount, "amount_limit_max": amount}
            self.env["credit.authority"].sudo().create({**values, "user_ids": [Command.set(user.ids)]})
        for number in range(2):
            limit = self.dice.choice((0, 500, 1000))
            customer = test.make_customer(limit, f"Customer {seed}-{number}")
            self.limits[customer], self.wholes[customer], self.increases[customer] = limit, [], 0
        for user in test.deciders + test.sellers:  # nobody's defaults count
            for model, name, value in (("credit.release", "is_measured", False), ("credit.hold", "state", "cured")):
                self.env["ir.default"].with_user(user).set(model, name, value, True)

    # -- moves -------------------------------------------------------------------------------------

    def play(self):
        moves = [self.quote, self.quote, self.confirm, self.confirm, self.confirm, self.change, self.hand_over,
                 self.release, self.release, self.release, self.release_customer, self.request_limit,
                 self.request_increases, self.free, self.free]
        for _number in range(4):
            self.quote()
        for number in range(MOVES):
            move = self.dice.choice(moves)
            with self.test.subTest(number=number, move=move.__name__):
                move()
                self.test.commit()
                self.look()

    def take(self, step):
        """Take a step as one call; return whether it went through."""
        try:
            with self.env.cr.savepoint():
                step()
                self.env.flush_all()
        except (UserError, RedirectWarning):
            self.env.invalidate_all()
            return False
        self.moved += 1
        return True

    def pick(self):
        return self.dice.choice(list(self.sheets))

    def someone(self):
        return self.dice.choice(self.test.sellers if self.dice.random() < 0.8 else self.test.deciders)

    def quote(self):
        customer, user, price = self.dice.choice(list(self.limits)), self.someone(), self.dice.choice(AMOUNTS)
        owner = self.someone()
        order = self.env["sale.order"].with_user(user).create(
            {"partner_id": customer.id, "user_id": owner.id, "order_line": [self.test.line(price)]}
        )
        self.sheets[order.id] = Sheet(customer, price, {user, owner}, {user, owner})

    def confirm(self):
        order, user = self.dice.choice(self.get_waiting()), self.someone()
        sheet = self.sheets[order]
        if self.take(lambda: self.test.confirm(self.browse(order), user)) and not self.is_confirmed(order):
            sheet.parties.add(user)
            sheet.stopped = sheet.price

    def change(self):
        order, user, price = self.pick(), self.someone(), self.dice.choice(AMOUNTS)
        if self.take(lambda: self.browse(order, user).order_line.write({"price_unit": price})):
            self.sheets[order].price = price

    def hand_over(self):
        order, user = self.dice.choice(self.get_waiting()), self.someone()
        owner = self.dice.choice(self.test.deciders + self.test.sellers)
        for person in (owner, self.dice.choice(self.test.sellers)):  # for a moment only
            if self.take(lambda person=person: self.browse(order, user).write({"user_id": person.id})):
                self.sheets[order].parties.add(person)
                self.sheets[order].makers.add(person)

    def release(self):
        held = [order for order in self.get_waiting() if self.browse(order).credit_hold_state == "held"]
        if not held:
            self.confirm()
            return
        order, giver = self.dice.choice(held), self.dice.choice(self.test.deciders)
        tolerance, is_resumed = self.dice.choice((0, 0, 10, 100)), self.dice.random() < 0.5
        sheet = self.sheets[order]
        amount = min(sheet.stopped, sheet.price) * (1 + tolerance / 100)
        most = self.get_most(sheet.customer, amount, order)
        document = self.browse(order)
        if not self.take(
            lambda: self.test.release(document, giver, percent_tolerance=tolerance, is_resumed=is_resumed)
        ):
            return
        self.check_giver(giver, most, sheet.parties)
        sheet.released = Permission(giver, amount, most)
        self.test.assertEqual(document.sudo().credit_hold_id.release_ids[:1].user_id, giver)

    def release_customer(self):
        customer, asker = self.dice.choice(list(self.limits)), self.dice.choice(self.test.deciders)
        giver, each = self.dice.choice(self.test.deciders), self.dice.choice(AMOUNTS)
        total = each * self.dice.choice((1, 3))
        most = max(self.get_most(customer, total), total)
        vals = {"profile_id": self.test.profile_of(customer).id, "reason_id": self.test.reason.id, "amount_max": each,
                "amount_total": total, "date_until": str(self.test.today)}
        if self.take(lambda: self.decide_twice("credit.release", 0, vals, asker, giver)):
            self.check_giver(giver, most, {asker, *self.get_makers(customer)})
            self.wholes[customer].append(Permission(giver, each, most, total))

    def free(self):
        order, asker, giver = self.pick(), *(self.dice.choice(self.test.deciders) for _number in range(2))
        sheet = self.sheets[order]
        if sheet.freed:
            return
        most = max(sheet.price, self.get_most(sheet.customer, sheet.price, order))
        if self.take(lambda: self.decide_twice("sale.order", order, {"credit_is_excluded": True}, asker, giver)):
            self.check_giver(giver, most, {asker, *sheet.parties})
            sheet.freed = Permission(giver, sheet.price, sheet.price)
            self.check_logged("sale.order", order, giver)

    def request_limit(self):
        customer, writer = self.dice.choice(list(self.limits)), self.dice.choice(self.test.deciders)
        giver, amount = self.dice.choice(self.test.deciders), self.dice.choice(AMOUNTS)
        profile = self.test.profile_of(customer)

        def step():
            vals = {"profile_id": profile.id, "amount": amount, "reason": "x"}
            request = self.env["credit.limit.request"].with_user(writer).create(vals)
            request.action_submit()
            request.with_user(giver).action_approve()

        is_same = amount == self.limits[customer]
        if self.take(step):
            most = amount + self.increases[customer]
            self.check_giver(giver, most, {writer, *self.get_makers(customer)})
            self.limits[customer] = amount
            if not is_same:
                self.check_logged("credit.profile", profile.id, giver)

    def request_increases(self):
        """Approve two increases in one go."""
        customer, writer = self.dice.choice(list(self.limits)), self.dice.choice(self.test.deciders)
        giver, amounts = self.dice.choice(self.test.deciders), self.dice.choices(AMOUNTS, k=2)
        vals = {"profile_id": self.test.profile_of(customer).id, "kind": "increment", "reason": "x",
                "date_from": self.test.today, "date_to": self.test.today}

        def step():
            requests = self.env["credit.limit.request"].with_user(writer).create(
                [{**vals, "amount": amount} for amount in amounts]
            )
            requests.action_submit()
            requests.with_user(giver).action_approve()

        if self.take(step):
            self.increases[customer] += sum(amounts)
            self.check_giver(giver, self.get_limit(customer), {writer, *self.get_makers(customer)})

    def decide_twice(self, model, res_id, vals, asker, giver):
        """Ask for a change and let somebody apply it."""
        operation = "write" if res_id else "create"
        values = self.env["credit.change"].with_user(asker).create(
            {"res_model": model, "res_id": res_id, "operation": operation, "values": json.dumps(vals), "reason": "x"}
        )
        values.with_user(giver).action_apply()

    def get_waiting(self):
        """Return the orders that have not passed yet; one more when all have."""
        waiting = [order for order, sheet in self.sheets.items() if not sheet.is_passed]
        if not waiting:
            self.quote()
            waiting = [max(self.sheets)]
        return waiting

    # -- the ledger --------------------------------------------------------------------------------

    def browse(self, order, user=None):
        document = self.env["sale.order"].browse(order)
        return document.with_user(user) if user else document

    def is_confirmed(self, order):
        return self.browse(order).state == "sale"

    def get_limit(self, customer):
        return self.limits[customer] + self.increases[customer]

    def get_makers(self, customer):
        return set().union(*(sheet.makers for sheet in self.of(customer)))

    def of(self, customer):
        return [sheet for sheet in self.sheets.values() if sheet.customer == customer]

    def get_owed(self, customer):
        return sum(sheet.price for sheet in self.of(customer) if sheet.is_passed)

    def get_most(self, customer, amount, order=None):
        """Return by how much the limit can be exceeded with an amount more, and all that was released."""
        others = [sheet for key, sheet in self.sheets.items() if sheet.customer == customer and key != order]
        owed = sum(sheet.price for sheet in others if sheet.is_passed)
        let_go = {id(sheet): [p.each for p in (sheet.released, sheet.freed) if p] for sheet in others}
        pending = sum(
            max(max(let_go[id(sheet)], default=0) - (sheet.price if sheet.is_passed else 0), 0) for sheet in others
        )
        whole = sum(max(permission.total - permission.used, 0) for permission in self.wholes[customer])
        return max(owed + pending + whole + amount - self.get_limit(customer), 0)

    def check_giver(self, giver, most, parties):
        self.test.assertLessEqual(most, self.authorities[giver] + 0.005, "more than the authority")
        self.test.assertNotIn(giver, parties, "who profits has decided")

    def check_logged(self, model, res_id, person):
        domain = [("kind", "=", "change"), ("res_model", "=", model), ("res_id", "=", res_id)]
        row = self.env["credit.log"].search(domain, limit=1)
        self.test.assertEqual(row.person_ref, person.id, "the log does not say who")

    def look(self):
        """Look at what has passed since the last move: it is within the limit, or somebody allowed it."""
        for customer in self.limits:
            limit = self.get_limit(customer)
            before = sum(sheet.counted for sheet in self.of(customer))
            for order, sheet in self.sheets.items():
                sheet.is_passed = self.is_confirmed(order)
            grown = [sheet for sheet in self.of(customer) if sheet.is_passed and sheet.price > sheet.counted]
            owed = self.get_owed(customer)
            covered = 0.0
            if owed > limit:
                covered = sum(sheet.price - sheet.counted for sheet in grown if self.is_covered(sheet, owed - limit))
                self.past_limit += bool(grown)
            self.test.assertLessEqual(owed - covered, max(limit, before), "nobody has allowed what has passed")
            for sheet in self.of(customer):
                sheet.counted = sheet.price if sheet.is_passed else 0.0

    def is_covered(self, sheet, over):
        seen = [p for p in (*(s.released for s in self.of(sheet.customer)), *self.wholes[sheet.customer]) if p]
        looked_at = max((permission.most_over for permission in seen), default=0.0)
        own = [permission for permission in (sheet.released, sheet.freed) if permission]
        for permission in own:
            reach = max(self.authorities[permission.giver], looked_at)
            is_far = permission is sheet.freed or over <= reach + 0.005
            if permission.giver not in sheet.parties and sheet.price <= permission.each + 0.005 and is_far:
                return True
        for permission in self.wholes[sheet.customer]:
            added = sheet.price - sheet.counted
            is_left = sheet.price <= permission.each and permission.used + added <= permission.total
            if permission.giver not in sheet.parties and is_left:
                permission.used += added
                return True
        return False


@tagged("post_install", "-at_install")
class TestAuthorityAtRandom(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded")
        cls.deciders = [cls.make_user("manager", "sales", login=f"decider-{number}") for number in range(3)]
        cls.sellers = [cls.make_user("sales", login=f"seller-{number}") for number in range(2)]
        cls.company.sudo().credit_second_person = "required"

    def test_nobody_lets_through_more_than_they_may(self):
        past_limit = moved = 0
        for seed in range(GAMES):
            with self.subTest(seed=seed), self.env.cr.savepoint(flush=False):
                game = Game(self, seed)
                game.play()
                past_limit, moved = past_limit + game.past_limit, moved + game.moved
                self.env["credit.authority"].sudo().search([]).active = False
        self.assertGreater(past_limit, 0, "no game went past a limit: it proves nothing")
        self.assertGreater(moved, GAMES * 5)
