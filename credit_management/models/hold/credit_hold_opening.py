"""How a hold begins: a decision stops a document, somebody forces it, or asks for a release in advance."""

import dataclasses

from odoo import api, models
from odoo.exceptions import UserError


class CreditHold(models.Model):
    _inherit = "credit.hold"

    @api.model
    def _open(self, documents, checkpoint, decisions, logged):
        """Open a hold for each document that was stopped, or bring the one it has up to date.

        :param dict decisions: the engine's `Decision` by document
        :param dict logged: the row of `credit.log` by document
        :return: ``{document: credit.hold}``
        """
        values = {}
        for document in documents:
            decision = decisions[document]
            values[document] = self._prepare_values(
                document,
                checkpoint,
                self.env["credit.profile"].browse(decision.request.profile_id),
                decision_id=logged[document].id,
                findings=[dataclasses.asdict(finding) for finding in decision.findings],
                amount=decision.request.amount_document,
                amount_over=decision.amount_over,
            )
        return self._put(documents, values)

    @api.model
    def _force(self, documents, profiles, amounts, checkpoint, reason):
        """Open forced holds, or turn the open ones into forced ones; what was released before ends.

        :param dict profiles: the `credit.profile` by document
        :param dict amounts: the amount by document, in company currency
        """
        values = {
            document: self._prepare_values(
                document,
                checkpoint,
                profiles[document],
                is_forced=True,
                forced_reason=reason,
                is_ahead=False,
                amount=amounts[document],
                # nobody took a step: the hold is its salesperson's, and stays on the desk of whoever forced it
                requester_id=document._credit_get_salesperson().id,
                controller_id=self.env.uid,
            )
            for document in documents
        }
        for document, hold in self._put(documents, values).items():
            document._credit_mark(hold, "held")
            self.env["credit.release"]._void_of([(document._name, document.id)])
            hold._notify_opened()

    @api.model
    def _ask_ahead(self, document, checkpoint, decision, reason):
        """Open a hold for a step that was not taken yet, up to the amount that was asked for.

        :param decision: the engine's `Decision` about the amount, from a dry run
        :raise UserError: when the same question is waiting already
        """
        if self._get_open(document):
            raise UserError(
                self.env._("%(document)s is on the controller's desk already.", document=document.display_name)
            )
        profile = self.env["credit.profile"].browse(decision.request.profile_id)
        return self.create(
            self._prepare_values(
                document,
                checkpoint,
                profile,
                is_ahead=True,
                forced_reason=reason,
                amount=decision.request.amount_document,
                amount_over=decision.amount_over,
            )
        )

    @api.model
    def _put(self, documents, values):
        """Create or update the open hold of each document; return them by document."""
        existing = self._get_open(documents)
        holds = {}
        for document in documents:
            hold = existing.get(document.id)
            if hold:
                hold.write(values[document])
            else:
                last = document.sudo().credit_hold_id  # the mark, whoever took the step
                before = last if last.state == "rejected" else last.browse()
                hold = self.create({**before._prepare_again(), **values[document], "rejected_hold_id": before.id})
            holds[document] = hold
        return holds

    def _prepare_again(self):
        """Return what a rejected hold hands on to the next one: what somebody forced stays forced."""
        return {"is_forced": True, "forced_reason": self.forced_reason} if self.is_forced else {}

    @api.model
    def _get_open(self, documents):
        """Return the open hold of each of these documents, by document id."""
        holds = self.search(
            [("res_model", "=", documents._name), ("res_id", "in", documents.ids), ("state", "=", "open")]
        )
        return {hold.res_id: hold for hold in holds}

    @api.model
    def _prepare_values(self, document, checkpoint, profile, **values):
        """Return the values of a hold: what is the same however it began, and ``values``."""
        controller = profile.controller_id or document.company_id.credit_controller_id
        return {
            "profile_id": profile.id,
            "company_id": profile.company_id.id,
            "res_model": document._name,
            "res_id": document.id,
            "document_name": document._credit_get_name_words(),
            "checkpoint": checkpoint,
            "requester_id": self.env.uid,
            "salesperson_id": document._credit_get_salesperson().id,
            "controller_id": controller.id,
            **values,
        }
