"""Which limit would let a held document pass: proposed only where it does."""

from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_round

from ...engine.decision import decide_batch
from ...engine.limits import AMOUNT, Limit


class CreditHold(models.Model):
    _inherit = "credit.hold"

    amount_limit_proposed = fields.Float(
        "Limit That Would Do",
        compute="_compute_amount_limit_proposed",
        help="The own limit of the customer, in the currency of its limit, that would let the document pass. 0: none "
        "would, because something else stops it, such as the limit of the credit group.",
    )

    @api.depends("state", "amount_over")
    def _compute_amount_limit_proposed(self):
        for hold in self:
            hold.amount_limit_proposed = hold._get_limit_proposal() if hold.state == "open" else 0.0

    def _get_limit_proposal(self):
        """Return the new own limit that lets the document pass once it is approved, in the currency of the limit; 0.0
        where none does."""
        document = self.sudo()._get_document()  # whoever asks for a limit need not open the document
        if not document:
            return 0.0
        asked = {document.id: self.amount} if self.is_ahead else None
        decision = document._credit_decide(self.checkpoint, is_locked=False, asked=asked)[document]
        needed = next(filter(lambda amount: self._is_enough(decision, amount), self._get_candidates(decision)), 0.0)
        temporary = self._get_temporary(decision.facts.as_of)
        if not needed or temporary is None or needed <= decision.facts.limit.amount:
            return 0.0
        return self._get_in_limit_currency(needed - temporary, decision.facts.as_of)

    def _get_candidates(self, decision):
        """Return the limits that may do, in company currency: all that would be owed, or what leaves room enough for
        the rules on utilisation."""
        owed, rules = decision.exposure_after, self._get_policy(decision).rules if self._get_policy(decision) else ()
        percents = [rule.percent for rule in rules if rule.criterion == "utilisation" and rule.percent]
        rounding = decision.facts.rounding
        return [owed, *(float_round(owed * 100 / p, precision_rounding=rounding) + rounding for p in percents)]

    def _get_policy(self, decision):
        profile = self.sudo().profile_id  # a decision does not depend on who asks for it
        return self.env["credit.policy"]._get_for_profiles(profile, decision.facts.as_of)[profile.id]

    def _is_enough(self, decision, amount):
        """Tell whether the document would pass with this own limit."""
        profile_id = decision.request.profile_id
        facts = {profile_id: replace(decision.facts, limit=Limit(AMOUNT, amount))}
        request = replace(decision.request, amount_released=None, release_id=0)
        return decide_batch([request], facts, {profile_id: self._get_policy(decision)})[0].is_allowed

    def _get_temporary(self, as_of):
        """Return what temporary increases add to the own limit today; None while a temporary limit stands in for it."""
        temporary = self.env["credit.limit.source"]._read_temporary(self.sudo().profile_id, as_of)  # as above
        return None if temporary[0] is not None else temporary[1]

    def _get_in_limit_currency(self, amount, as_of):
        """Return an amount in the currency of the limit, rounded up so that it is enough."""
        profile = self.sudo().profile_id  # as above
        currency = profile.limit_currency_id or profile.currency_id
        converted = profile.currency_id._convert(amount, currency, self.company_id, as_of, round=False)
        return float_round(converted, precision_rounding=currency.rounding, rounding_method="UP")

    def action_request_limit(self):
        """Ask for a higher limit for the customer of the hold.

        :raise UserError: where no limit of the customer would free the document
        """
        self.ensure_one()
        self.check_access("read")
        proposal = self._get_limit_proposal()
        if not proposal:
            raise UserError(
                self.env._(
                    "A higher limit of %(customer)s does not free %(document)s: something else stops it.",
                    customer=self.profile_id.display_name,
                    document=self.document_name,
                )
            )
        if self.limit_request_id:
            raise UserError(
                self.env._(
                    "A limit was requested for %(document)s already, and waits for a decision.",
                    document=self.document_name,
                )
            )
        return self.env["credit.limit.request"]._get_ask_action(self.profile_id, hold_id=self.id, amount=proposal)
