"""What follows from the rating and the limit that are asked for: shown before the approval, kept with the decision.

Terms and deposits are those of the policy that would apply: asked of the policies themselves, for a customer that is
supposed to have the rating.
"""

import json

from odoo import api, fields, models
from odoo.tools import format_date

from ...engine import terms as engine
from ..record.words import in_every_language, read_words
from .credit_assessment import OPEN


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _prepare_conditions(self, rating):
        """Return in words what the policies allow and ask for if the customer had a rating: ``{name: text}``."""
        supposed = self.new({"rating_id": rating.id}, origin=self)
        policy = self.env["credit.policy"]._get_for_profiles(supposed, self.company_id._credit_today())[supposed.id]
        if not policy:
            return {"policy": self.env._("None: nothing is checked")}
        return {
            "policy": read_words(self.env, self.env["credit.policy"]._get_names(policy.policy_id)),
            "terms": self._write_longest_terms(policy),
            "documents": self._write_terms_of_documents(policy),
            "deposit": self._write_deposits(policy, rating),
        }

    def _write_longest_terms(self, policy):
        days = engine.strictest([policy.days_terms_max, policy.terms_ceiling and policy.terms_ceiling.days])
        if days is None:
            return self.env._("of any length")
        return self.env._("up to %(days)s days", days=days) if days else self.env._("payment at once")

    def _write_terms_of_documents(self, policy):
        """Return which terms the customer's next order gets: its own ones, or what is proposed instead."""
        # whoever reads the assessment may know what was agreed with the customer
        own = self.partner_id.sudo().with_company(self.company_id).property_payment_term_id
        offer = engine.propose(policy, own._credit_make_offer(), own._credit_get_offers(self.company_id.id))
        if not offer:
            return self.env._("%(terms)s, longer than allowed", terms=own.name) if own else "–"
        terms = own.browse(offer.terms_id)
        if terms == own or not own:
            return terms.name
        return self.env._("%(terms)s instead of %(before)s", terms=terms.name, before=own.name)

    def _write_deposits(self, policy, rating):
        """Return what is asked first of orders of a customer of a rating."""
        asked = [rule for rule in policy.deposit_rules if not rule.rating_ids or rating.id in rule.rating_ids]
        # what a policy asks for is no secret to whoever assesses its customers
        rules = self.env["credit.deposit.rule"].sudo().browse(rule.rule_id for rule in asked)
        texts = [f"{rule.asked}: {rule.whom}" for rule in rules]
        if policy.percent_deposit:
            of_every = self.env._("%(percent)s %% of every order", percent=f"{policy.percent_deposit:g}")
            texts.insert(0, of_every)
        return "\n".join(texts) or self.env._("none")


class CreditAssessment(models.Model):
    _inherit = "credit.assessment"

    follows = fields.Json(
        "What Follows", compute="_compute_follows",
        help="What the customer has, and what it would have with the rating and the limit that are asked for: terms "
        "and deposit are those of the policy.",
    )
    follows_kept = fields.Json(
        readonly=True, copy=False, help="Technical: what was said to follow when it was decided, in every language."
    )

    @api.depends("rating_id", "limit_kind", "amount", "date_review", "state", "profile_id.rating_id", "follows_kept")
    @api.depends_context("lang")
    def _compute_follows(self):
        for assessment in self:
            assessment.follows = assessment._prepare_follows()

    def _prepare_follows(self):
        """Return the rows as they are shown: those of a decision as they were then, its held orders as they are."""
        kept = self.follows_kept
        if kept:
            rows = json.loads(read_words(self.env, kept["rows"]))
            holds = self.env["credit.hold"].browse(kept["hold_ids"]).exists()
            return {"now": self.env._("Before"), "then": self._write_since(), "rows": rows + self._get_hold_rows(holds)}
        if not self.profile_id or self.state not in OPEN:
            return False
        heads = {"now": self.env._("Now"), "then": self.env._("If approved")}
        return {**heads, "rows": self._prepare_follow_rows() + self._get_hold_rows(self._get_held())}

    def _write_since(self):
        return self.env._("Since the approval") if self.state == "approved" else self.env._("Was asked for")

    def _prepare_follow_rows(self):
        profile = self.profile_id._origin
        names = {
            "rating": self.env._("Rating"), "limit": self.env._("Limit"), "review": self.env._("Next Review"),
            "policy": self.env._("Policy"), "terms": self.env._("Longest Terms"),
            "documents": self.env._("Terms of New Orders"), "deposit": self.env._("Deposit"),
        }
        now = {**profile._prepare_conditions(profile.rating_id), **self._prepare_present(profile)}
        then = {**profile._prepare_conditions(self.rating_id._origin), **self._prepare_asked(profile)}
        return [
            {"name": name, "label": label, "now": now.get(name, "–"), "then": then.get(name, "–")}
            for name, label in names.items()
        ]

    def _prepare_present(self, profile):
        return {
            "rating": profile.rating_id.name or "–",
            "limit": self._write_limit(
                profile.limit_type, profile.amount_limit, profile.limit_currency_id, profile.rating_id),
            "review": self._write_day(profile.date_review_next),
        }

    def _prepare_asked(self, profile):
        is_kept = self.limit_kind == "keep"
        return {
            "rating": self.rating_id.name or "–",
            "limit": self._write_limit(
                profile.limit_type if is_kept else self.limit_kind, profile.amount_limit if is_kept else self.amount,
                profile.limit_currency_id if is_kept else self.limit_currency_id, self.rating_id),
            "review": self._write_day(self.date_review),
        }

    def _write_limit(self, kind, amount, currency, rating):
        """Return a limit in words; of who has none of its own that of the rating."""
        if kind == "none" and rating.limit_type in ("amount", "unlimited"):
            granted = self._write_limit(rating.limit_type, rating.amount_limit, rating.currency_id, rating)
            return self.env._("%(limit)s by the rating", limit=granted)
        if kind == "amount":
            return (currency or self.currency_id).format(amount)
        return dict(self.profile_id._fields["limit_type"]._description_selection(self.env)).get(kind, "–")

    def _write_day(self, day):
        return format_date(self.env, day) if day else "–"

    # -- what waits for it -------------------------------------------------------------------------

    def _get_held(self):
        domain = [("profile_id", "=", self.profile_id._origin.id), ("state", "=", "open")]
        return self.env["credit.hold"].search(domain, order="id")

    def _get_hold_rows(self, holds):
        """Return a row of each document that was on hold: an approval has it looked at again."""
        states = dict(holds._fields["state"]._description_selection(self.env))
        again = self.env._("is looked at again")
        return [
            {
                "name": f"hold_{hold.id}", "label": hold.display_name,
                "now": f"{states['open']} · {hold.currency_id.format(hold.amount)}",
                "then": again if self.state in OPEN else states[hold.state],
            }
            for hold in holds
        ]

    def _set_decided(self, state, user, **values):
        """Override to keep what was said to follow, before it does."""
        for assessment in self:
            assessment.follows_kept = {
                "rows": in_every_language(assessment, lambda told: json.dumps(told._prepare_follow_rows())),
                "hold_ids": assessment._get_held().ids,
            }
        return super()._set_decided(state, user, **values)
