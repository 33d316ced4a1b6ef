"""Deciding, and applying what was decided. No rule is known here: the engine decides, the document answers.

The confirming method calls `_credit_gate` and goes on with what passed; the guard below it (`guard.py`) refuses what no
decision of this transaction has allowed.
"""

from odoo import models
from odoo.exceptions import UserError

from ...engine.decision import decide_batch
from .contract import Check

TURNS = 20  # so often a transaction that has written nothing gives way before Odoo replays it


class CreditGateMixin(models.AbstractModel):
    _inherit = "credit.gate.mixin"

    # -- deciding --------------------------------------------------------------------------------

    def _credit_get_enforced(self):
        """Return the records of companies that have a policy on."""
        checked = {company: company._is_credit_checked() for company in self.company_id}
        return self.filtered(lambda record: checked.get(record.company_id))

    def _credit_get_profiles(self):
        """Return ``{record: credit.profile}``, creating profiles that are missing."""
        profiles, Profile = {}, self.env["credit.profile"].sudo()  # facts are everybody's
        for company, records in self.grouped("company_id").items():
            customers = records._credit_get_customers()
            partners = self.env["res.partner"].union(*customers.values())
            found = Profile._ensure(partners, company, Profile._get_fact_fields())
            by_partner = {profile.partner_id: profile for profile in found}
            for record, partner in customers.items():
                # a document may name a contact that its user may not read
                profiles[record] = by_partner[partner.sudo().commercial_partner_id]
        return profiles

    def _credit_take_turn(self, checkpoint):
        """Return the records that are to be checked, and ``{record: credit.profile}``, whose mutex is taken.

        Whoever has to wait reads again what others left, as often as somebody comes first; then Odoo replays the whole.
        """
        for turn in range(TURNS):
            checked = self._credit_get_enforced()._credit_is_checked(checkpoint)
            if not checked:
                return checked, {}
            found = checked._credit_get_profiles()
            profiles = self.env["credit.profile"].sudo().union(*found.values())  # a mutex is nobody's record
            if turn == TURNS - 1:
                profiles._lock()
            elif not profiles._lock_first():
                continue
            break
        return checked, found

    def _credit_decide(self, checkpoint, is_locked=True, asked=None, profile_by_record=None, in_force=None):
        """Return ``{record: Decision}`` for these records, decided together in their order.

        The day of the decision is that of the company, at the moment of the transaction: one for everybody who asks,
        and for everything that is asked for it.

        :param bool is_locked: take the customers' mutex first; only a dry run leaves it
        :param dict asked: amounts that documents are to grow to, in company currency, by id
        :param dict profile_by_record: of `_credit_take_turn`
        :param in_force: of a dry run: what says which policies apply, as `credit.policy._get_for_profiles` does
        """
        in_force = in_force or self.env["credit.policy"]._get_for_profiles
        if profile_by_record is not None:
            is_locked = False  # it has been taken
        profile_by_record = profile_by_record or self._credit_get_profiles()
        # a decision does not depend on who asks for it
        profiles = self.env["credit.profile"].sudo().union(*profile_by_record.values())
        if is_locked:
            profiles._lock()
        facts, policies = {}, {}
        # each company decides on its own day; around the world there are up to three
        for as_of, group in profiles.grouped(lambda profile: profile.company_id._credit_today()).items():
            found = in_force(group, as_of)
            facts |= group._get_facts(as_of, [one for policy in found.values() if policy for one in policy.asking])
            policies |= found

        def decide(running):
            requests = self._credit_get_requests(checkpoint, profile_by_record, facts, running)
            if asked:
                requests = [item.grown_to(asked.get(item.key[1], item.amount_document)) for item in requests]
            return decide_batch(requests, facts, policies)

        decisions = decide(self.env["credit.release"])  # nearly always no release is needed, and none is looked for
        if not all(decision.is_allowed for decision in decisions):
            running = self._credit_get_running(profiles)
            decisions = decide(running) if running else decisions
        return dict(zip(self, decisions, strict=True))

    def _credit_get_running(self, profiles):
        """Return the releases that run for these documents, or for these customers as a whole."""
        # a release counts for whoever takes the released step
        return self.env["credit.release"].sudo()._get_running(self._credit_get_release_keys(), profiles)

    def _credit_get_requests(self, checkpoint, profile_by_record, facts, running):
        """Return the requests of these documents, in their order.

        :param running: the releases that may cover them, of which each takes its own
        """
        # the amounts of a document are what they are, whoever asks
        documents = self.sudo()
        checks = {
            document: Check(
                checkpoint,
                profile_by_record[record],
                record.company_id._credit_today(),
                *document._credit_get_released(running, profile_by_record[record], record.company_id._credit_today()),
                facts=facts[profile_by_record[record].id],
            )
            for record, document in zip(self, documents, strict=True)
        }
        return documents._credit_prepare_requests(checks)

    def _credit_get_released(self, running, profile, as_of):
        """Return what is left of the release with most that covers the document, see `Check`.

        The releases say which of them cover it, the document what its likes have used of each. The release of a
        person who profits from the document covers it not.
        """
        keys = self._credit_get_release_keys()
        covering = running and running._for_keys(keys, profile)
        if not covering:
            return ()
        own = self._credit_get_profiting()
        covering = covering.filtered(lambda release: release.user_id not in own)
        orders = {order._credit_key(): order for order in self._credit_get_orders()}
        used = {
            release: self._credit_get_used_of(orders[release._get_key()])
            for release in covering
            if release._get_key() in orders
        }
        return covering._get_left(used, keys, as_of)

    # -- applying --------------------------------------------------------------------------------

    def _credit_gate(self, checkpoint, is_held=False):
        """Decide these records and return those that may go on.

        :param str checkpoint: where the check takes place
        :param bool is_held: put what does not pass on hold and leave it out; otherwise raise
        :raise UserError: when something does not pass and ``is_held`` is off, or a rule refuses
        """
        checked, profiles = self._credit_take_turn(checkpoint)
        if not checked:
            return self
        decisions = checked._credit_decide(checkpoint, profile_by_record=profiles)
        stopped = checked.filtered(lambda record: not decisions[record].is_allowed)
        refused = stopped._credit_get_refused(decisions)
        if stopped and (not is_held or refused):
            checked._credit_log_after(decisions)
            raise UserError((refused or stopped)._credit_get_refusal(decisions))
        logged = checked._credit_log(decisions)
        held = stopped - stopped._credit_get_rejected(decisions)
        if held:
            held._credit_hold(checkpoint, decisions, logged)
        passed = checked - stopped
        passed._credit_clear_holds()
        passed._credit_note_use(decisions)
        passed._credit_note_pass(checkpoint)
        return self - stopped

    def _credit_note_use(self, decisions):
        """Keep what passes by the release of its customer: it is used up."""
        for record in self:
            decision = decisions[record]
            if decision.verdict == "released" and decision.request.is_used_when_needed:
                # written by the system, whoever takes the step
                release = self.env["credit.release"].sudo().browse(decision.request.release_id)
                release._use(record._credit_get_release_keys(), record._credit_get_name_words(), decision.request)

    def _credit_log(self, decisions):
        """Keep the decisions; return ``{record: credit.log}``."""
        logged = self.env["credit.log"].sudo()._append(self._credit_prepare_log(decisions))  # see `_prepare_checks`
        return dict(zip(self, logged, strict=True))

    def _credit_log_after(self, decisions):
        """Keep decisions of a step that ends in an error: after the transaction."""
        self.env["credit.log"]._append_after(self._credit_prepare_log(decisions))

    def _credit_prepare_log(self, decisions):
        names = {record._credit_key(): record._credit_get_name_words() for record in self}
        return self.env["credit.log"]._prepare_checks([decisions[record] for record in self], names)

    def _credit_hold(self, checkpoint, decisions, logged):
        """Put documents on hold: record, mark, then tell."""
        Hold = self.env["credit.hold"].sudo()  # the controllers' list
        told = {hold: hold.reason for hold in Hold._get_open(self).values()}
        holds = Hold._open(self, checkpoint, decisions, logged)
        for record in self:
            hold = holds[record]
            record.sudo()._credit_mark(hold, "held")  # whoever asked need not be allowed to write the mark
        Hold.union(*holds.values())._notify_opened(told)

    def _credit_clear_holds(self):
        """Close the holds of documents that pass now; what was said of them before no longer counts."""
        # the figures free it, whoever took the step
        marked = self.sudo()
        marked.filtered(lambda record: record.credit_hold_state == "held").credit_hold_id._set_cured()
        for record in marked.filtered(lambda record: record.credit_hold_state == "rejected"):
            record._credit_mark(record.credit_hold_id, False)

    def _credit_end_holds(self):
        """Close the holds and take back the releases of documents that are cancelled or deleted."""
        marked = self.sudo().filtered("credit_hold_id")  # the list of holds is the controllers'
        if marked:
            marked.credit_hold_id.filtered(lambda hold: hold.state == "open")._set_cancelled()
            # a release ends with its document, whoever cancels that
            self.env["credit.release"].sudo()._void_of([record._credit_key() for record in marked])
            marked.write({"credit_hold_state": False})

    def _credit_queue_recheck(self):
        """Look at the holds of whoever these documents may free again, before the transaction commits."""
        enforced = self._credit_get_enforced().sudo()  # ids only
        if enforced:
            self.env["credit.recheck"]._queue(enforced._credit_get_freed_customers())

    # -- texts -----------------------------------------------------------------------------------

    def _credit_get_reasons(self, decision):
        """Return the reasons of a decision in words, as far as the user may read them."""
        if not self._credit_sees_figures():
            return [self._credit_get_neutral_reason()] if decision.findings else []
        findings = [{"criterion": f.criterion, "figures": f.figures} for f in decision.findings]
        return self.env["credit.finding.text"]._render_all(findings, self.company_id)

    def _credit_get_refusal(self, decisions):
        """Return the message for documents that do not pass: what, why, figures, way forward."""
        blocks = []
        for record in self:
            reasons = record._credit_get_reasons(decisions[record])
            blocks.append(
                self.env._(
                    "%(document)s is on credit hold. %(reasons)s",
                    document=record.display_name,
                    reasons=" ".join(reasons),
                )
            )
            blocks += [record._credit_get_rejection_text()] if record.credit_hold_state == "rejected" else []
        blocks.append(self._credit_get_way_forward(decisions))
        return "\n".join(blocks)

    def _credit_get_way_forward(self, decisions=None):
        """Return what a salesperson can do, or pass on to the customer; of one document what frees it.

        :param dict decisions: by record; without, they are made anew
        """
        if len(self) > 1 or not self._credit_sees_figures():
            return self.env._("Ask a credit controller to release it.")
        decisions = decisions or self._credit_decide(self._credit_get_panel_checkpoint(), is_locked=False)
        decision = decisions[self]
        *together, release = self._credit_get_cures(decision, self._credit_get_panel_figures(decision))
        if not together:
            return release
        return self.env._("What frees it: %(cures)s Or: %(release)s", cures=" ".join(together), release=release)
