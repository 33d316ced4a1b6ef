"""Application: what a controlled document does with a decision. Nothing is decided here.

A document answers four questions (``_credit_get_customers``, ``_credit_prepare_request``,
``_credit_is_checked``, ``_credit_resume``) and gets check, hold, release and log for nothing.

Two layers: the confirming method calls ``_credit_gate`` and goes on with what passed; a guard in
``create``/``write`` calls ``_credit_guard``, which refuses what no decision of this transaction
has allowed.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...engine.decision import decide_batch
from ...engine.request import Request

PASSED = "credit_management.passed"  # key of the passes of this transaction, on the cursor


def get_changed(records, names, vals):
    """Return which of these fields the values would change; on creation, which are not empty."""
    return {
        name
        for name in names & vals.keys()
        if (any(is_changed(record, name, vals[name]) for record in records) if records else vals[name])
    }


def is_changed(record, name, value):
    """Tell whether a value would change a field; commands to linked records always do."""
    return record._fields[name].type in ("one2many", "many2many") or record[name] != value


class CreditGateMixin(models.AbstractModel):
    _name = "credit.gate.mixin"
    _description = "Document under credit control"

    credit_hold_id = fields.Many2one(
        "credit.hold",
        "Credit Hold",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="The last hold of the document.",
    )
    credit_hold_state = fields.Selection(
        [("held", "On credit hold"), ("released", "Released")],
        "Credit Status",
        copy=False,
        readonly=True,
        help="On credit hold: the document waits for a payment or for a release.",
    )
    credit_hold_reason = fields.Text(
        compute="_compute_credit_hold_reason", groups="base.group_user", help="Why the document is held."
    )

    @api.depends("credit_hold_id", "credit_hold_state")
    @api.depends_context("lang", "uid")
    def _compute_credit_hold_reason(self):
        is_told = self._credit_sees_figures()
        for record in self:
            # a salesperson sees why, also where the hold belongs to the controller's list
            reason = record.sudo().credit_hold_id.reason if is_told else self._credit_get_neutral_reason()
            record.credit_hold_reason = reason if record.credit_hold_state == "held" else False

    @api.model_create_multi
    def create(self, vals_list):
        """Override: nobody creates a document with the marks of a credit check on it.

        :raise AccessError: naming the field
        """
        for vals in vals_list:
            self._credit_check_marks(vals)
        protected = self._credit_get_protected_fields()
        # an empty total or rate is what a form sends; it must not stand instead of the computed one
        vals_list = [{name: vals[name] for name in vals if name not in protected or vals[name]} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Override: see `create`."""
        self._credit_check_marks(vals)
        return super().write(vals)

    def unlink(self):
        """Override to close the holds of what is deleted."""
        self._credit_end_holds()
        return super().unlink()

    def _credit_check_marks(self, vals):
        """Refuse to write by hand what only the credit check says, or what it is computed from.

        :raise AccessError: naming the field
        """
        if self.env.su:
            return
        written = get_changed(self, self._credit_get_protected_fields(), vals)
        written |= {"credit_hold_id", "credit_hold_state"} & vals.keys()
        if written:
            label = self._fields[min(written)]._description_string(self.env)
            raise AccessError(self.env._("'%(field)s' is worked out by the system and cannot be written.", field=label))

    @api.model
    def _credit_get_protected_fields(self):
        """Return the computed fields of the document that the check relies on."""
        return frozenset()

    # -- the four questions ----------------------------------------------------------------------

    def _credit_get_customers(self):
        """Return the partner whose credit the document uses, by record."""
        return {record: record.partner_id for record in self}

    def _credit_prepare_request(self, checkpoint, profile, released):
        """Return the `Request` of one document.

        :param str checkpoint: where the check takes place
        :param profile: its `credit.profile`
        :param released: its running `credit.release` records
        """
        raise NotImplementedError

    def _credit_prepare_requests(self, checkpoint, profiles, released):
        """Return the requests of these documents, in their order; ``profiles`` by document."""
        return [record._credit_prepare_request(checkpoint, profiles[record], released) for record in self]

    def _credit_make_request(self, checkpoint, profile, released, **values):
        """Return the `Request` of one document: ``values``, and what is the same for every document."""
        amount_released, release_id = self._credit_get_released(released, profile)
        values.setdefault("forced_hold", self._credit_get_forced_hold(profile))
        return Request(
            key=self._credit_key(),
            profile_id=profile.id,
            checkpoint=checkpoint,
            amount_released=amount_released,
            release_id=release_id,
            **values,
        )

    def _credit_is_checked(self, checkpoint):
        """Return the records that are controlled at a checkpoint."""
        return self

    def _credit_resume(self, checkpoint):
        """Take the step again that was stopped."""
        raise NotImplementedError

    # -- deciding --------------------------------------------------------------------------------

    def _credit_get_enforced(self):
        """Return the records of companies that have a policy on."""
        checked = {company: company._is_credit_checked() for company in self.company_id}
        return self.filtered(lambda record: checked.get(record.company_id))

    def _credit_get_profiles(self):
        """Return ``{record: credit.profile}``, creating profiles that are missing."""
        profiles = {}
        for company, records in self.grouped("company_id").items():
            customers = records._credit_get_customers()
            partners = self.env["res.partner"].union(*customers.values())
            found = self.env["credit.profile"].sudo()._ensure(partners, company)  # facts are everybody's
            by_partner = {profile.partner_id: profile for profile in found}
            for record, partner in customers.items():
                # a document may name a contact that its user may not read
                profiles[record] = by_partner[partner.sudo().commercial_partner_id]
        return profiles

    def _credit_decide(self, checkpoint, is_locked=True, asked=None):
        """Return ``{record: Decision}`` for these records, decided together in their order.

        :param bool is_locked: take the customers' mutex first; only a dry run leaves it
        :param dict asked: amounts that documents are to grow to, in company currency, by id
        """
        profile_by_record = self._credit_get_profiles()
        # a decision does not depend on who asks for it
        profiles = self.env["credit.profile"].sudo().union(*profile_by_record.values())
        if is_locked:
            profiles._lock()
        as_of = fields.Date.context_today(self)
        policies = self.env["credit.policy"]._get_for_profiles(profiles, as_of)
        facts = profiles._get_facts(as_of, [rule for policy in policies.values() if policy for rule in policy.rules])
        releases = self._credit_get_releases(profiles)
        # the amounts of a document are what they are, whoever asks
        requests = self.sudo()._credit_prepare_requests(checkpoint, profile_by_record, releases)
        if asked:
            requests = [request.grown_to(asked.get(request.key[1], request.amount_document)) for request in requests]
        decisions = decide_batch(requests, facts, policies)
        return dict(zip(self, decisions, strict=True))

    def _credit_get_releases(self, profiles):
        """Return the running releases of these documents and of their customers."""
        # a release counts for whoever takes the released step
        return self.env["credit.release"].sudo()._get_running(self._credit_get_release_keys(), profiles)

    def _credit_get_release_keys(self):
        """Return the keys of the documents whose release covers these: their own, and their orders'."""
        orders = self.sudo()._credit_get_orders()  # the keys only
        return [(document._name, document_id) for document in (self, orders) for document_id in document.ids]

    def _credit_get_orders(self):
        """Return the orders that these documents follow from, whose release covers them.

        Hook: none by default.
        """
        return self.env["sale.order"]

    def _credit_get_released(self, released, profile):
        """Return what is left of the releases that cover the document, and the id of the one with most."""
        return released._for_keys(self._credit_get_release_keys(), profile)._get_left(self._credit_get_used)

    def _credit_get_used(self, release):
        """Return what other documents have used of a release that covers this one, in company currency."""
        order = self._credit_get_orders().filtered(release._is_for)
        return self._credit_get_used_of(order) if order else 0.0

    def _credit_get_used_of(self, order):
        """Return what the likes of the document have used of the release of its order.

        Hook: called for what `_credit_get_orders` returns.
        """
        return 0.0

    def _credit_key(self):
        self.ensure_one()
        return (self._name, self._origin.id or self.id)

    # -- applying --------------------------------------------------------------------------------

    def _credit_gate(self, checkpoint, is_held=False):
        """Decide these records and return those that may go on.

        :param str checkpoint: where the check takes place
        :param bool is_held: put what does not pass on hold and leave it out; otherwise raise
        :raise UserError: when something does not pass and ``is_held`` is off, or a rule refuses
        """
        checked = self._credit_get_enforced()._credit_is_checked(checkpoint)
        if not checked:
            return self
        decisions = checked._credit_decide(checkpoint)
        stopped = checked.filtered(lambda record: not decisions[record].is_allowed)
        refused = stopped._credit_get_refused(decisions)
        if stopped and (not is_held or refused):
            raise UserError((refused or stopped)._credit_get_refusal(decisions))
        logged = checked._credit_log(decisions)
        if stopped:
            stopped._credit_hold(checkpoint, logged)
        passed = checked - stopped
        passed._credit_clear_holds()
        passed._credit_note_pass(checkpoint)
        return self - stopped

    def _credit_get_refused(self, decisions):
        """Return the stopped records for which a hold is not enough: what asked for them must not go on.

        Hook: a document that is there already (goods in the warehouse) is never refused, it waits.
        What a customer signed or paid is kept as well.
        """
        if self._credit_is_for_customer():
            return self.browse()
        return self.filtered(lambda record: decisions[record].verdict == "refuse")

    def _credit_clear_holds(self):
        """Close the holds of documents that pass now."""
        held = self.filtered(lambda record: record.credit_hold_state == "held")
        held.sudo().credit_hold_id._set_cured()  # the figures free it, whoever took the step

    def _credit_end_holds(self):
        """Close the holds and take back the releases of documents that are cancelled or deleted."""
        marked = self.sudo().filtered("credit_hold_id")  # the list of holds is the controllers'
        if marked:
            marked.credit_hold_id._set_cancelled()
            keys = [record._credit_key() for record in marked]
            # a release ends with its document, whoever cancels that
            releases = self.env["credit.release"].sudo()._get_running(keys, self.env["credit.profile"])
            releases._void()
            marked.write({"credit_hold_state": False})

    def _credit_is_interactive(self):
        """Tell whether a person waits at a screen that can show a hold. Chooses presentation only:
        what does not pass is held or refused, it never goes through."""
        return bool(self.env.context.get("credit_interactive"))

    def _credit_is_for_customer(self):
        """Tell whether the customer takes the step (signature, payment, shop): it is held and never
        raises, since that would undo what the customer did. Presentation only, see above."""
        return self.env.context.get("credit_interactive") == "customer"

    def _credit_get_forced_hold(self, profile):
        """Return why the document is stopped whatever the figures say, or an empty string."""
        hold = self.credit_hold_id
        if hold.is_forced and hold.state == "open":
            return hold.forced_reason or self.env._("forced hold")
        if profile.account_status == "stop":
            return profile.status_reason or self.env._("no reason given")
        return ""

    def _credit_log(self, decisions):
        """Keep the decisions; return ``{record: credit.decision}``."""
        if not self:
            return {}
        names = {record._credit_key(): record._credit_get_document_name() for record in self}
        logged = self.env["credit.decision"]._log([decisions[record] for record in self], names)
        return dict(zip(self, logged, strict=True))

    def _credit_hold(self, checkpoint, logged):
        """Put documents on hold: record, mark, then tell."""
        holds = self.env["credit.hold"].sudo()._open(self, checkpoint, logged)  # the hold belongs to the controllers
        for record in self:
            hold = holds[record]
            record.sudo()._credit_mark(hold, "held")  # whoever asked need not be allowed to write the mark
        self.env["credit.hold"].sudo().union(*holds.values())._notify_opened()

    def _credit_mark(self, hold, state):
        """Write the mark of a hold on its document, past what guards the document's fields."""
        self.write({"credit_hold_id": hold.id, "credit_hold_state": state})

    # -- guard -----------------------------------------------------------------------------------

    def _credit_note_pass(self, checkpoint):
        """Remember, in this transaction only, that the guard need not decide again."""
        passed = self.env.cr.precommit.data.setdefault(PASSED, set())
        passed.update((checkpoint, *record._credit_key()) for record in self)

    def _credit_without_pass(self, checkpoint):
        """Return the records that no decision of this transaction has let through yet."""
        passed = self.env.cr.precommit.data.get(PASSED, set())
        return self.filtered(lambda record: (checkpoint, *record._credit_key()) not in passed)

    def _credit_forget_pass(self, checkpoint):
        """Take back passes that were not used: the step they were given for is over."""
        passed = self.env.cr.precommit.data.get(PASSED, set())
        passed.difference_update((checkpoint, *record._credit_key()) for record in self)

    def _credit_guard(self, checkpoint):
        """Refuse the records that no decision of this transaction has let through.

        A pass is used up by the step it was given for.

        :raise UserError: with the reasons of everything that is refused
        """
        undecided = self._credit_without_pass(checkpoint)
        self._credit_forget_pass(checkpoint)
        if undecided:
            undecided._credit_gate(checkpoint)
            self._credit_forget_pass(checkpoint)

    # -- texts -----------------------------------------------------------------------------------

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
        blocks.append(self._credit_get_way_forward())
        return "\n".join(blocks)

    @api.model
    def _credit_get_way_forward(self):
        return self.env._("Register a payment, or ask a credit manager to release it.")
