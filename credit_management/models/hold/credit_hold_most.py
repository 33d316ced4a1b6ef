"""What the release of a hold lets through in all: its document as it is now, and what else was released before."""

from odoo import models

from ...engine.decision import get_most_over


class CreditHold(models.Model):
    _inherit = "credit.hold"

    def _get_amounts(self, percent_tolerance=0.0):
        """Return ``{hold: amount}`` that a release is for, in company currency.

        That is what was stopped, or what the document has become when that is less; what was asked for in advance.
        """
        decisions = self._get_decisions()
        amounts = {hold: hold.amount for hold in self}
        for hold, decision in decisions.items():
            if not hold.is_ahead:
                amounts[hold] = min(hold.amount, decision.request.amount_document)
        factor = 1 + percent_tolerance / 100
        return {hold: hold.currency_id.round(amount * factor) for hold, amount in amounts.items()}

    def _get_most_over(self, amounts, is_together=False):
        """Return ``{hold: amount}`` by which the limits can be exceeded once these holds are released, with all that
        was let go and released since.

        :param dict amounts: what each hold is released for
        :param bool is_together: one after the other, each on top of those before it
        """
        pending = self._get_pending()
        most = {hold: hold.amount_over for hold in self}
        for hold, decision in self._get_decisions().items():
            own, others = hold._get_more(pending)
            most[hold] = get_most_over(decision.facts, decision.request.grown_to(amounts[hold]), own, others)
            if is_together:
                pending[hold.profile_id][hold.res_model, hold.res_id] = amounts[hold]
        return most

    def _get_decisions(self):
        """Return the decision of each open hold as it is now, from a dry run."""
        decisions = {}
        live = self.filtered(lambda hold: hold.state == "open" and hold._is_controlled())
        for (model, checkpoint), holds in live.grouped(lambda hold: (hold.res_model, hold.checkpoint)).items():
            # the controller need not be allowed to open the documents
            documents = self.env[model].sudo().browse(holds.mapped("res_id")).exists()
            found = documents._credit_decide(checkpoint, is_locked=False) if documents else {}
            by_id = {document.id: decision for document, decision in found.items()}
            decisions |= {hold: by_id[hold.res_id] for hold in holds if hold.res_id in by_id}
        return {hold: decisions[hold] for hold in self if hold in decisions}

    def _get_pending(self):
        """Return what was released and may still come, of the customers of these holds and of their groups."""
        profiles = self.sudo().profile_id  # whoever may see them
        pending = {}
        Release = self.env["credit.release"].sudo()  # as above
        for company, found in (profiles | profiles.group_id.profile_ids).grouped("company_id").items():
            pending |= Release._get_pending(found, company._credit_today())
        return pending

    def _get_more(self, pending):
        """Return what may come besides the document: of its customer, and of the other members of its group."""
        profile = self.sudo().profile_id  # whoever may see it
        own = sum(amount for key, amount in pending[profile].items() if key != (self.res_model, self.res_id))
        others = profile.group_id.profile_ids - profile
        as_of = profile.company_id._credit_today()
        return own, sum(
            other.currency_id._convert(sum(pending[other].values()), profile.currency_id, profile.company_id, as_of)
            for other in others
        )
