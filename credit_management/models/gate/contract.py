"""The contract of a document under credit control: every question it is asked, and what it must answer.

A document inherits `credit.gate.mixin` and answers; it gets check, hold, release, watch, panel and log for nothing.
Gate, guard, watch, recheck, panel and holds ask what is declared here, and nothing else: no other file of this room
knows which document it deals with. Two questions have no default: what the step is worth (`_credit_prepare_request`),
and which step it is (`_credit_get_panel_checkpoint`). The words for amounts are explained in this room's README.

Then the method that takes the step calls `_credit_gate`, `create` and `write` call `_credit_guard`, and what cancels
the document calls `_credit_end_holds`.
"""

from dataclasses import dataclass, field
from datetime import date

from odoo import api, fields, models

from ...engine.facts import Facts
from ...engine.request import Request
from ..record.words import in_every_language

FIGURE_GROUPS = (
    "sales_team.group_sale_salesman",
    "account.group_account_readonly",
    "account.group_account_invoice",
    "credit_management.group_credit_user",
)


@dataclass(frozen=True)
class Check:
    """What the gate knows already when it asks a document for its `Request`."""

    checkpoint: str
    profile: models.BaseModel  # the `credit.profile` whose credit is used
    as_of: date  # the day of the decision, made once and handed on
    amount_released: float | None = None  # what is left of the releases that cover the document; None without any
    amount_over_max: float | None = None  # how far its authority reaches over the limit; None for any amount
    release_id: int = 0
    is_customer_released: bool = False  # the release is for all documents of the customer, and is used up
    facts: Facts | None = None  # of the customer; the gate always gives them
    together: dict = field(default_factory=dict)  # what is read once for all documents of the step, by name


class CreditGateMixin(models.AbstractModel):
    _name = "credit.gate.mixin"
    _inherit = ["credit.owned", "credit.explicit"]
    _description = "Document under credit control"

    _credit_explicit_prefix = "credit_"  # the marks; the rest of a document is its own business

    credit_hold_id = fields.Many2one(
        "credit.hold",
        "Credit Hold",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="The last hold of the document.",
    )
    credit_hold_state = fields.Selection(
        [("held", "On credit hold"), ("released", "Released"), ("rejected", "Rejected")],
        "Credit Status",
        copy=False,
        readonly=True,
        help="On credit hold: the document waits for a payment or for a release. Rejected: a credit controller said "
        "no, until something changes.",
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

    def _credit_key(self):
        """Return the key of the document in requests, releases and the log: (model, id)."""
        self.ensure_one()
        return (self._name, self._origin.id or self.id)

    # -- who, and whether --------------------------------------------------------------------------

    def _credit_get_customers(self):
        """Return the partner whose credit the document uses, by record."""
        return {record: record.partner_id for record in self}

    def _credit_is_checked(self, checkpoint):
        """Return the records that are controlled at a checkpoint. All by default."""
        return self

    def _credit_is_checked_elsewhere(self):
        """Tell whether another flow decides on the document: the counter does on what it hands out."""
        return False

    def _credit_get_forced_hold(self, profile):
        """Return why the document is stopped whatever the figures say, or an empty string.

        By default: somebody forced a hold on it, or the customer's account is stopped.
        """
        hold = self.credit_hold_id
        if hold._is_forced_open():
            return hold.forced_reason or in_every_language(self, lambda told: told.env._("forced hold"))
        if profile.account_status == "stop":
            nothing = in_every_language(self, lambda told: told.env._("no reason given"))
            return profile._get_status_code() or nothing
        return ""

    def _credit_get_salesperson(self):
        """Return the `res.users` who is told of what happens to the document. Nobody by default."""
        return self.env["res.users"]

    # -- the step ----------------------------------------------------------------------------------

    def _credit_prepare_request(self, check):
        """Return the engine's `Request` of one document, by `_credit_make_request`.

        :param Check check: where, whose credit, as of which day, and what is left of releases
        """
        raise NotImplementedError

    def _credit_prepare_requests(self, checks):
        """Return the requests of these documents, in their order, of their `Check` by record.

        Hook: for what is read once for all of them.
        """
        return [record._credit_prepare_request(checks[record]) for record in self]

    def _credit_make_request(self, check, **values):
        """Return the `Request` of one document: ``values``, and what is the same for every document."""
        values.setdefault("forced_hold", self._credit_get_forced_hold(check.profile))
        if check.is_customer_released:
            values |= {"amount_used": values["amount_document"], "is_used_when_needed": True}
        return Request(
            key=self._credit_key(),
            profile_id=check.profile.id,
            checkpoint=check.checkpoint,
            amount_released=check.amount_released,
            amount_over_max=check.amount_over_max,
            release_id=check.release_id,
            **values,
        )

    def _credit_try_out(self, request, snapshot):
        """Return the request as it would be under another policy, given as its snapshot. The same by default."""
        return request

    def _credit_get_panel_checkpoint(self):
        """Return the checkpoint of the next step of the document: what its panel tries out."""
        raise NotImplementedError

    def _credit_get_early_checkpoint(self, checkpoint):
        """Return where warnings are given while the step is only prepared, or an empty string. Nowhere by default."""
        return ""

    def _credit_is_interactive(self):
        """Tell whether a person waits at a screen that can show a hold. Chooses presentation only:
        what does not pass is held or refused, it never goes through."""
        return bool(self.env.context.get("credit_interactive"))

    def _credit_is_for_customer(self):
        """Tell whether the customer takes the step (signature, payment, shop): it is held and never
        raises, since that would undo what the customer did. Presentation only, see above."""
        return self.env.context.get("credit_interactive") == "customer"

    def _credit_get_refused(self, decisions):
        """Return the stopped records for which a hold is not enough: what asked for them must not go on.

        A document that is there already (goods in the warehouse) is never refused, it waits. What a customer
        signed or paid is kept as well. By default: those of which a rule says so.
        """
        if self._credit_is_for_customer():
            return self.browse()
        return self.filtered(lambda record: decisions[record].verdict == "refuse")

    def _credit_get_rejected(self, decisions):
        """Return those of these stopped documents whose rejection stands: nothing has changed since.

        They wait on nobody's desk again. By default none that the customer has signed or paid since.
        """
        if self._credit_is_for_customer():
            return self.browse()
        return self.filtered(
            # the list of holds is the controllers'
            lambda record: record.credit_hold_state == "rejected"
            and record.sudo().credit_hold_id._is_rejection_kept(decisions[record])
        )

    def _credit_resume(self, checkpoint):
        """Take the step again that was stopped, as far as it is still to be taken. By default nothing is."""

    # -- releases ----------------------------------------------------------------------------------

    def _credit_get_orders(self):
        """Return the documents that these follow from, whose release covers them. None by default."""
        return self.browse()

    def _credit_get_release_keys(self):
        """Return the keys of the documents whose release covers these: their own, and their orders'."""
        orders = self.sudo()._credit_get_orders()  # the keys only
        return [(document._name, document_id) for document in (self, orders) for document_id in document.ids]

    def _credit_get_gone(self):
        """Return what of the document has gone on already, in company currency: what was released of it and has not
        gone on may still come. Nothing by default; infinity for what can no longer grow."""
        return 0.0

    def _credit_get_profiting(self):
        """Return the users whose own these documents are: they release none of them, and their releases let none of
        them pass. By default: who made them or was ever their salesperson, and that of the orders they follow from.

        What follows from an order is made by whoever bills it, or let it go on: nobody's sale.
        """
        orders = self.sudo()._credit_get_orders()  # whose they are, whoever may read that
        return self._credit_get_owners(is_maker_owner=not orders) | orders._credit_get_owners()

    def _credit_get_used_of(self, order):
        """Return what the likes of the document have used of the release of its order, in company currency.

        Asked for what `_credit_get_orders` returns, and has a release.
        """
        return 0.0

    # -- growth ------------------------------------------------------------------------------------

    def _credit_get_weight(self, as_of):
        """Return what a change must not increase without a check, as ``{name: value}``.

        ``customer`` changes count as growth; numbers count when they rise, new ones from 0. Asked where the document
        is watched (`_credit_watch`); by default nothing is.
        """
        return {}

    @api.model
    def _credit_get_protected_fields(self):
        """Return the names of the computed fields that the check relies on: nobody writes them by hand."""
        return frozenset()

    def _credit_get_freed_customers(self):
        """Return the customers who may have more credit now that these documents changed. By default theirs."""
        return self.env["res.partner"].union(*self._credit_get_customers().values())

    # -- marks and words ---------------------------------------------------------------------------

    def _credit_mark(self, hold, state):
        """Write the mark of a hold on its document, past what guards the document's fields.

        :param state: of `credit_hold_state`: ``'held'``, ``'released'`` or False
        """
        self.write({"credit_hold_id": hold.id, "credit_hold_state": state})

    def _credit_get_document_name(self):
        """Return what the log and the list of holds call the document."""
        return self.display_name

    def _credit_get_name_words(self):
        """Return what the document is called in every language: a draft may have no number yet."""
        return in_every_language(self, lambda told: told._credit_get_document_name())

    def _credit_get_document_label(self):
        """Return what the panel calls the document, at the beginning of a sentence."""
        return self.env._("This document")

    def _credit_get_hold_note(self, hold):
        """Return why the document is held, for everybody who reads its messages."""
        return hold.reason or ""

    @api.model
    def _credit_sees_figures(self):
        """Tell whether the user may read what a customer owes and may owe.

        Documents are read by the warehouse and by the customer too: neither sees more than the mark.
        """
        return self.env.su or any(self.env.user.has_group(group) for group in FIGURE_GROUPS)

    @api.model
    def _credit_get_neutral_reason(self):
        """Return why a document waits, for those who may not see figures."""
        return self.env._("The credit department is looking at it.")
