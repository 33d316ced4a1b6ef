"""Documents that wait or are about to be decided, asked as the gate asks: facts, policy, decision. Nothing is locked,
held or logged; in the facts rating and limit are those that are supposed."""

from dataclasses import replace

from odoo import api, models

from ...engine.decision import decide_batch
from ..hold.credit_recheck import WAITING
from .simulated import SIDES, TODAY, Asked

# What a person waits for at a screen: some seconds; see `MAX_DOCUMENTS` of the preview of policies.
MAX_HOLDS = 500


class CreditPolicy(models.Model):
    _inherit = "credit.policy"

    def _ask_documents(self, company, customers):
        """Return ``(documents, left out)``: the `Asked` open quotations and held documents of some customers, and how
        many newer quotations there are.

        :param list customers: of `Customer`
        """
        batches, left_out = self._get_waiting(company, {customer.profile.partner_id for customer in customers})
        profile_by_document = {
            document: profile for documents in batches.values()
            for document, profile in documents._credit_get_profiles().items()
        }
        known = {customer.profile.id: customer for customer in customers}
        profiles = self.env["credit.profile"].sudo().union(*profile_by_document.values())  # facts are everybody's
        sides = self._get_sides(profiles, known, company._credit_today())
        asked = [
            one for (_model, checkpoint), documents in batches.items()
            for one in self._ask_batch(documents, checkpoint, profile_by_document, sides)
        ]
        return asked, left_out

    @api.model
    def _get_waiting(self, company, partners):
        """Return ``{(model, checkpoint): documents}`` that policies decide on, and how many quotations are left out."""
        orders, left_out = self._get_quotations(company)
        batches = {(orders._name, "order"): orders}
        # whoever's documents they are
        holds = self.env["credit.hold"].sudo().search(
            [*WAITING, ("company_id", "child_of", company.id)], order="id", limit=MAX_HOLDS
        )
        for (model, checkpoint), some in holds._get_recheck_batches().items():
            documents = self.env[model].sudo().browse(some.mapped("res_id")).exists()  # as above
            batches[model, checkpoint] = batches.get((model, checkpoint), documents) | documents
        return {key: self._keep_checked(found, key[1], partners) for key, found in batches.items()}, left_out

    @api.model
    def _keep_checked(self, documents, checkpoint, partners):
        """Return those of documents of some customers that are checked."""
        customers = documents._credit_get_customers() if documents else {}
        own = documents.filtered(lambda document: customers[document].commercial_partner_id in partners)
        return own._credit_get_enforced()._credit_is_checked(checkpoint)

    @api.model
    def _get_sides(self, profiles, known, day):
        """Return ``{side: (facts, snapshots, policies)}`` of customers, each by the number of the credit file."""
        files = {
            side: profiles._suppose({profile.id: known[profile.id].sides[side].rating_id for profile in profiles})
            for side in SIDES
        }
        snapshots = {
            side: {key: self._get_snapshot_for(file, day) for key, file in files[side].items()} for side in SIDES
        }
        policies = {
            side: {key: found and self._get_policy_of(found, files[side][key], day)
                   for key, found in snapshots[side].items()}
            for side in SIDES
        }
        rules = [rule for side in SIDES for policy in policies[side].values() if policy for rule in policy.asking]
        facts = profiles._get_facts(day, rules) if profiles else {}
        return {
            side: (self._suppose_facts(facts, files[side], known, side, rules), snapshots[side], policies[side])
            for side in SIDES
        }

    @api.model
    def _suppose_facts(self, facts, files, known, side, rules):
        """Return facts with the rating and the limit of a side, and the own conditions that its file meets."""
        if side == TODAY:
            return facts
        moved = self.env["credit.profile"].concat(*(file for file in files.values() if not isinstance(file.id, int)))
        matched = {file.id: {} for file in moved}
        rule_ids = {rule.rule_id for rule in rules if rule.needs == "matched_rule_ids"}
        if moved and rule_ids:
            moved._add_matched_rules(matched, rule_ids)
        changes = {file._origin.id: {"matched_rule_ids": frozenset(), **matched[file.id]} for file in moved}
        return {
            key: replace(found, rating_id=known[key].sides[side].rating_id or 0, limit=known[key].sides[side].limit,
                         **changes.get(key, {}))
            for key, found in facts.items()
        }

    @api.model
    def _ask_batch(self, documents, checkpoint, profile_by_document, sides):
        """Yield each document, asked by itself on every side."""
        by_document = {document: profile_by_document[document] for document in documents}
        profiles = self.env["credit.profile"].sudo().union(*by_document.values())  # facts are everybody's
        running = documents._credit_get_running(profiles) if documents else self.env["credit.release"]
        facts = sides[TODAY][0]
        requests = documents._credit_get_requests(checkpoint, by_document, facts, running) if documents else ()
        for document, request in zip(documents, requests, strict=True):
            decisions = {}
            for side, (known, snapshots, policies) in sides.items():
                tried = document._credit_try_out(request, snapshots[request.profile_id])
                decisions[side] = decide_batch([tried], known, policies)[0]
            yield Asked(document, request.profile_id, decisions)
