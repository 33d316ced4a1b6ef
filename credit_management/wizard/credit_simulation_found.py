"""What a simulation found, as figures that are kept with it, as lines, and as a picture."""

from collections import Counter

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import format_date, formatLang

from ..models.simulation.simulated import SAVED, SIDES, TODAY, TRIAL

# What a person reads; the figures are of all of them.
MAX_LINES = 2000
MAX_DOCUMENTS = 500


class CreditSimulation(models.TransientModel):
    _inherit = "credit.simulation"

    # -- figures -----------------------------------------------------------------------------------------------------

    def _prepare_found(self, found):
        """Return what was found as values of this page."""
        held = Counter(one.profile_id for one in found.documents if not one.decisions[TRIAL].is_allowed)
        moving = [customer for customer in found.customers if not self._is_still(customer)]
        moving.sort(key=lambda customer: (not self._is_moved(customer), -customer.exposure))
        documents = [self._prepare_document(one) for one in found.documents if self._is_shown(one)]
        documents.sort(key=lambda line: (not line["is_moved"], -line["amount"]))
        return {
            "figures": {
                **{name: {side: count(found, side) for side in SIDES} for name, count in COUNTED.items()},
                "customers": len(found.customers), "documents": len(found.documents), "left_out": found.left_out,
                "is_checked": self.company_id._is_credit_checked(), "lines": len(moving),
                "moved": sum(self._is_moved(customer) for customer in moving),
            },
            "line_ids": [Command.create(self._prepare_line(customer, held)) for customer in moving[:MAX_LINES]],
            "document_ids": [Command.create(line) for line in documents[:MAX_DOCUMENTS]],
        }

    def _prepare_line(self, customer, held):
        """Return the values of a line."""
        today, saved, trial = (customer.sides[side] for side in SIDES)
        change = trial.limit.amount - saved.limit.amount if trial.limit.is_amount and saved.limit.is_amount else 0.0
        return {
            "profile_id": customer.profile.id, "is_moved": self._is_moved(customer),
            "direction": self._get_direction(saved.rating_id, trial.rating_id),
            "rating_id": today.rating_id, "rating_saved_id": saved.rating_id, "rating_trial_id": trial.rating_id,
            "score_text": _arrow(self._write_score(side.score) for side in (saved, trial)),
            "limit_text": _arrow(self._write_limit(side.limit) for side in (today, saved, trial)),
            "proposed_text": _arrow(self._write_amount(side.proposed) for side in (saved, trial)),
            "amount_change": change, "amount_exposure": customer.exposure,
            "amount_over": trial.get_over(customer.exposure), "held_count": held[customer.profile.id],
        }

    def _is_moved(self, customer):
        """Tell whether the changes on the page move a customer."""
        return not self._is_same(customer.sides[TRIAL], customer.sides[SAVED])

    def _is_still(self, customer):
        """Tell whether a customer stays as it is today, with the changes and without."""
        return not self._is_moved(customer) and self._is_same(customer.sides[TRIAL], customer.sides[TODAY])

    def _is_same(self, one, other):
        """Tell whether a customer has the same rating and limit on two sides."""
        is_limit = one.limit.kind == other.limit.kind and not self.currency_id.compare_amounts(
            one.limit.amount, other.limit.amount)
        return is_limit and one.rating_id == other.rating_id

    def _get_direction(self, before_id, after_id):
        Rating = self.env["credit.rating"]
        before, after = (Rating.browse(key or []) for key in (before_id, after_id))
        if before == after or not (before and after):
            return "same"
        return "worse" if (after.sequence, after.id) > (before.sequence, before.id) else "better"

    @api.model
    def _is_shown(self, asked):
        """Tell whether a document is held on some side."""
        return any(not decision.is_allowed for decision in asked.decisions.values())

    @api.model
    def _prepare_document(self, asked):
        decision = asked.decisions[TRIAL]
        return {
            "profile_id": asked.profile_id, "res_model": asked.document._name, "res_id": asked.document.id,
            "name": asked.document._credit_get_document_name(), "amount": decision.request.amount_document,
            "is_moved": decision.is_allowed != asked.decisions[SAVED].is_allowed,
            "verdict": asked.decisions[TODAY].verdict, "verdict_saved": asked.decisions[SAVED].verdict,
            "verdict_trial": decision.verdict,
            "reasons": "" if decision.is_allowed else "\n".join(asked.document._credit_get_reasons(decision)),
        }

    # -- in words ----------------------------------------------------------------------------------------------------

    def _write_score(self, score):
        return "–" if score is None else formatLang(self.env, score, digits=1)

    def _write_amount(self, amount):
        return "–" if amount is None else formatLang(self.env, amount, digits=0)

    def _write_limit(self, limit):
        if limit.is_amount:
            return self._write_amount(limit.amount)
        return self.env._("unlimited") if limit.is_unlimited else self.env._("no limit")

    # -- the picture -------------------------------------------------------------------------------------------------

    result = fields.Html(
        compute="_compute_result", sanitize=False, help="Today, the card as saved, and the simulation, side by side."
    )

    @api.depends("figures")
    @api.depends_context("lang")
    def _compute_result(self):
        for simulation in self:
            simulation.result = simulation.figures and self.env["ir.qweb"]._render(
                "credit_management.credit_simulation", simulation._prepare_result()
            )

    def _prepare_result(self):
        """Return what the picture shows."""
        figures = self.figures
        return {
            "headline": self._write_headline(figures), "notes": list(self._write_notes(figures)),
            "ratings": list(self._prepare_ratings(figures["ratings"])), "rows": list(self._prepare_rows(figures)),
        }

    def _write_headline(self, figures):
        names = {"moved": figures["moved"], "customers": figures["customers"]}
        if not figures["moved"]:
            return self.env._("The changes move none of %(customers)s customers.", **names)
        return self.env._("The changes move %(moved)s of %(customers)s customers.", **names)

    def _write_notes(self, figures):
        """Yield what whoever reads the figures should know."""
        if told := figures.get("foretold"):
            yield self._write_foretold(told)
        if not figures["is_checked"]:
            yield self.env._("No policy is switched on, so no document would be held.")
        if figures["left_out"]:
            yield self.env._(
                "%(count)s newer quotations were not looked at, so that nobody waits for minutes.",
                count=figures["left_out"])
        if figures["lines"] > MAX_LINES:
            yield self.env._(
                "Of %(count)s customers that move the %(most)s with the highest exposure are listed.",
                count=figures["lines"], most=MAX_LINES)

    def _prepare_ratings(self, found):
        """Yield the rows of the ratings, the best first: of each side number, exposure and the length of its bar."""
        known = {int(key) for side in SIDES for key in found[side]}
        most = max((count for side in SIDES for count, _amount in found[side].values()), default=0) or 1
        ratings = self.env["credit.rating"].browse(known - {0}).exists()
        for rating in [*ratings.sorted(lambda rating: (rating.sequence, rating.id)), ratings.browse()][:len(known)]:
            cells = [found[side].get(str(rating.id or 0), (0, 0.0)) for side in SIDES]
            yield {"name": rating.name or self.env._("No rating"), "cells": [
                {"count": count, "amount": self._format(amount), "width": round(100 * count / most)}
                for count, amount in cells
            ]}

    def _prepare_rows(self, figures):
        """Yield the rows of the figures: what it is, and its text on each side."""
        yield self.env._("Below the minimum coverage: the rating stays"), [
            "" if side == TODAY else figures["uncovered"][side] for side in SIDES]
        yield self.env._("Limits that apply"), [self._format(figures["limits"][side]) for side in SIDES]
        yield self.env._("Limits that the methods propose"), [
            self._format(figures["proposed"][side]) for side in SIDES]
        yield self.env._("Customers over their limit"), [figures["over"][side][0] for side in SIDES]
        yield self.env._("Their exposure, and what of it is over"), [
            f"{self._format(exposure)} · {self._format(over)}" for _count, exposure, over in
            (figures["over"][side] for side in SIDES)]
        if figures["is_checked"]:
            yield self.env._("Documents that would be held"), [figures["held"][side][0] for side in SIDES]
            yield self.env._("Their amount"), [self._format(figures["held"][side][1]) for side in SIDES]
        if told := figures.get("foretold"):
            yield self.env._("Looking back: how well it told who paid late (Gini)"), [
                "" if side == TODAY else self._write_gini(told[side]) for side in SIDES]

    def _write_gini(self, told):
        return self.env._("not enough to say") if told["gini"] is None else formatLang(self.env, told["gini"], digits=2)

    def _write_foretold(self, told):
        """Return what the look-back stands on."""
        return self.env._(
            "Looking back: the scores of %(day)s beside the year after it. Customers that paid well: %(good)s; that "
            "paid something %(days)s days late or more: %(bad)s. 1 tells everything, 0 nothing.",
            day=format_date(self.env, told["day"]), days=told["days"], good=told[SAVED]["good"], bad=told[SAVED]["bad"],
        )

    def _format(self, amount):
        return formatLang(self.env, amount, digits=0, currency_obj=self.currency_id)


def _arrow(texts):
    """Return texts one after the other; where nothing differs the text once."""
    texts = list(texts)
    return " → ".join(texts if len(set(texts)) > 1 else texts[:1])


def _count_ratings(found, side):
    """Return ``{rating id: [customers, exposure]}``, 0 for no rating; the keys are those of JSON."""
    counted = {}
    for customer in found.customers:
        pair = counted.setdefault(str(customer.sides[side].rating_id or 0), [0, 0.0])
        pair[0] += 1
        pair[1] += customer.exposure
    return counted


def _count_over(found, side):
    """Return how many customers are over their limit, what they owe, and what of it is over."""
    over = [(customer.exposure, customer.sides[side].get_over(customer.exposure)) for customer in found.customers]
    over = [pair for pair in over if pair[1] > 0]
    return [len(over), sum(exposure for exposure, _over in over), sum(amount for _exposure, amount in over)]


def _count_held(found, side):
    """Return how many documents are held, and their amount."""
    held = [one.decisions[side] for one in found.documents if not one.decisions[side].is_allowed]
    return [len(held), sum(decision.request.amount_document for decision in held)]


COUNTED = {
    "ratings": _count_ratings,
    "over": _count_over,
    "held": _count_held,
    "uncovered": lambda found, side: sum(not customer.sides[side].is_covered for customer in found.customers),
    "limits": lambda found, side: sum(
        customer.sides[side].limit.amount for customer in found.customers if customer.sides[side].limit.is_amount),
    "proposed": lambda found, side: sum(customer.sides[side].proposed or 0.0 for customer in found.customers),
}
