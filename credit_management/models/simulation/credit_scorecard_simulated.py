"""What a card, and methods of limits, would do to ratings, limits and documents: side by side with today, and with the
card as it is saved."""

from odoo import api, models
from odoo.exceptions import UserError

from ...engine.scoring import class_of
from .simulated import SAVED, SIDES, TODAY, TRIAL, Customer, Side, Simulation

# Factors, inputs and limits of so many customers are read by a handful of statements, and take some hundred megabytes.
BATCH = 20_000


class CreditScorecard(models.Model):
    _inherit = "credit.scorecard"

    def _simulate(self, company, changes, methods=None, is_proposed=True):
        """Return the `Simulation` of the customers of a company that this card scores today.

        :param dict changes: of the card, as a form sends them to `write`; nothing of them is kept
        :param methods: a `Methods` in place of the bases and settings
        :param is_proposed: limits become what is proposed; else they stay, and a rating's follows the rating
        :raise ValidationError: where the card would not be possible
        :raise UserError: where the card scores nobody there
        """
        versions = {SAVED: self._make_version(), TRIAL: self._try_out(changes)._make_version()}
        customers = []
        for profiles in self._get_scored(company):
            customers += self._simulate_batch(profiles, versions, methods, is_proposed)
        if not customers:
            raise UserError(
                self.env._("%(card)s scores no customer of %(company)s today: it is archived, has no factors, or "
                           "another card comes first for each of them.", card=self.name, company=company.name)
            )
        documents, left_out = self.env["credit.policy"]._ask_documents(company, customers)
        return Simulation(customers, documents, left_out)

    def action_simulate(self):
        """Open a page on which this card is changed, and what would follow is seen; nothing of it is saved on the card.

        :raise AccessError: for who is no credit controller
        """
        self.ensure_one()
        simulation = self.env["credit.simulation"].create({
            "card_id": self.id, "company_id": (self.company_id or self.env.company)._credit_company().id,
        })
        return {
            "type": "ir.actions.act_window", "name": self.env._("Simulation"), "res_model": simulation._name,
            "res_id": simulation.id, "views": [(False, "form")],
        }

    @api.model
    def action_simulate_first(self):
        """Open the simulation of the first card: see `action_simulate`.

        :raise UserError: where there is none
        """
        card = self.search([], limit=1)
        if not card:
            raise UserError(self.env._("There is no scorecard yet: a credit manager adds one under Configuration."))
        return card.action_simulate()

    def _get_scored(self, company):
        """Yield the customers of a company that this card scores today, in batches."""
        # totals of the company, whoever may see its customers
        Profile = self.env["credit.profile"].sudo()
        ids, day = Profile.search([("company_id", "=", company.id)]).ids, company._credit_today()
        for number in range(0, len(ids), BATCH):
            some = Profile.browse(ids[number : number + BATCH])
            yield self._get_cards(some, day).get(self, some.browse())

    def _simulate_batch(self, profiles, versions, methods, is_proposed):
        """Return the `Customer`s of a batch."""
        if not profiles:
            return []
        day = profiles.company_id._credit_today()
        profiles.fetch(["rating_id", "partner_id", "group_id"])
        scores = self._score_versions(profiles, versions, day)
        ratings = {
            TODAY: {profile.id: profile.rating_id.id or None for profile in profiles},
            **{side: self._rate(profiles, version, scores[side]) for side, version in versions.items()},
        }
        proposed = self._propose_sides(profiles, ratings, methods)
        limits = {
            side: profiles._read_supposed_limits(day, ratings[side], self._get_amounts(proposed, side, is_proposed))
            for side in SIDES
        }
        figures, nothing = profiles._get_figures(), profiles._get_figures_of_nobody()
        return [
            Customer(profile, figures.get(profile.id, nothing)["amount_exposure"], {
                side: self._make_side(profile.id, side, ratings, limits, proposed, scores) for side in SIDES
            })
            for profile in profiles
        ]

    def _score_versions(self, profiles, versions, day):
        """Return ``{side: {profile id: score}}``; the ready factors of all versions are read at once."""
        names = dict.fromkeys(name for version in versions.values() for name in version._get_ready_names())
        # totals of the company, as above
        values = self.env["credit.factor"].sudo()._read(profiles, day, list(names))
        return {side: self._score_as(version, profiles, values, day) for side, version in versions.items()}

    def _rate(self, profiles, version, scores):
        """Return ``{profile id: rating id or None}``: what the score proposes; below the minimum coverage it stays."""
        classes = [tuple(line) for line in version.definition["classes"]]
        found = {key: class_of(score.score, classes) if score.is_covered else None for key, score in scores.items()}
        return {profile.id: found[profile.id] or profile.rating_id.id or None for profile in profiles}

    def _propose_sides(self, profiles, ratings, methods):
        """Return ``{side: {profile id: proposed limit or None}}``; what the methods read is read once, and who has the
        same rating and methods on two sides is proposed the same."""
        inputs, proposed, before = profiles._read_proposal_inputs(), {}, {}
        for side in SIDES:
            chosen = methods if side == TRIAL else None
            same = {} if chosen else {key: amount for key, amount in before.items()
                                      if ratings[side][key] == ratings[TODAY if side == SAVED else SAVED][key]}
            others = profiles.browse(key for key in profiles.ids if key not in same)
            supposed = others._suppose(ratings[side])
            before = proposed[side] = {**same, **profiles._propose_supposed(inputs, supposed, chosen)}
        return proposed

    def _get_amounts(self, proposed, side, is_proposed):
        """Return ``{profile id: amount}`` of the limits that are others than granted; without an answer they stay."""
        if side == TODAY or not is_proposed:
            return {}
        return {key: amount for key, amount in proposed[side].items() if amount is not None}

    def _make_side(self, key, side, ratings, limits, proposed, scores):
        own, effective = limits[side][key]
        found = scores.get(side, {}).get(key)
        return Side(
            ratings[side][key], own, effective, proposed[side][key], found and found.score,
            bool(found and found.is_covered),
        )
