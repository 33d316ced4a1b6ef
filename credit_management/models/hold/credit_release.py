"""Releases: the recorded, limited, expiring permission to go on (放行)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..change.measures import TIGHTER
from ..setup.credit_day import of_today


class CreditRelease(models.Model):
    _name = "credit.release"
    _inherit = ["credit.worded", "credit.control"]
    _description = "Credit Release"
    _order = "id desc"
    _credit_authority_kind = "over"

    # a customer with a history is archived, not deleted
    profile_id = fields.Many2one("credit.profile", required=True, index=True, ondelete="restrict", readonly=True)
    company_id = fields.Many2one(related="profile_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    hold_id = fields.Many2one("credit.hold", readonly=True, ondelete="set null", index="btree_not_null")
    res_model = fields.Char("Document Model", readonly=True, help="Empty: all documents of the customer.")
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)
    document_name = fields.Char("Document Name", readonly=True, translate=True)
    reason_id = fields.Many2one(
        "credit.reason", "Reason", required=True, readonly=True, help="Why the document may go on."
    )
    note = fields.Text(readonly=True, help="What the releasing person wrote.")
    user_id = fields.Many2one(
        "res.users", "Released By", required=True, readonly=True, default=lambda self: self.env.user
    )
    requester_id = fields.Many2one("res.users", "Asked By", readonly=True)
    amount_max = fields.Monetary(
        "Released Up To",
        readonly=True,
        help="The document may go on as long as its amount, in company currency, tax included, is not above this. "
        "The invoices of a released order are covered up to it taken together, and so are its deliveries.",
    )
    amount_total = fields.Monetary(
        "All Together Up To",
        readonly=True,
        help="Of a release of a whole customer: documents that would have been stopped pass until they amount to this, "
        "taken together. 0: it was given before there was a total, and ends on its last day.",
    )
    amount_used = fields.Monetary(
        "Used", compute="_compute_amount_used", help="What has passed by the release of a whole customer."
    )
    use_ids = fields.One2many("credit.release.use", "release_id", "Documents", help="What has passed by it.")
    amount_over = fields.Monetary(
        "Over By At Most",
        readonly=True,
        aggregator=None,  # each contains what was released before it
        help="By how much the limit can be exceeded by it, with everything else that was released then: this is what "
        "the authority was compared with. Beyond it the release lets nothing pass unless the authority reaches it.",
    )
    is_measured = fields.Boolean(
        "Measured",
        readonly=True,
        default=True,
        help="Off: it was given before releases were measured in all, and is valid until it ends.",
    )
    date_until = fields.Date("Valid Until", required=True, readonly=True, help="Last day of the release.")
    date_review = fields.Date("Review On", readonly=True, help="When somebody should look at it again.")
    state = fields.Selection(
        [("running", "Running"), ("void", "Void")],
        "Status",
        default="running",
        required=True,
        readonly=True,
        help="Void: taken back, or its document was cancelled.",
    )

    is_running = of_today(
        "is_running",
        "Running Today",
        lambda day: Domain("state", "=", "running") & Domain("date_until", ">=", day),
        "Its last day has not passed in its company, and nobody has taken it back.",
        ("state", "date_until"),
    )
    is_review_due = of_today(
        "is_review_due",
        "Review Due",
        lambda day: Domain("date_review", "<=", day),
        "It should be looked at again now.",
        ("date_review",),
    )

    _document_idx = models.Index("(res_model, res_id)")
    _customer_idx = models.Index("(profile_id) WHERE state = 'running'")
    _amount_max_positive = models.Constraint("CHECK (amount_max >= 0)", "A release cannot be for a negative amount.")

    @api.depends("document_name", "profile_id")
    def _compute_display_name(self):
        for release in self:
            release.display_name = release.document_name or release.profile_id.display_name

    def _credit_measure_new(self):
        """What is released of a whole customer. A document that is released was stopped for somebody else: those are
        two persons already."""
        if self.res_model:
            return TIGHTER
        return max(self.profile_id._get_most_over(self.amount_total), self.amount_total)

    def _credit_get_profiting(self):
        return self.profile_id.partner_id._credit_get_sellers()

    def _credit_get_file(self):
        return self.profile_id

    @api.model
    def _credit_get_kept_names(self, operation):
        """Override: what is asked for is what the dialog says; the rest is measured, or whose decision it is."""
        return {"profile_id", "document_name", "reason_id", "note", "amount_max", "amount_total", "date_until"}

    def _credit_check_may_ask(self, operation):
        """Override: people write no releases, they give them; those of whole customers are the managers'."""
        self.env["credit.profile"]._check_may_release_customers()
        if operation != "create":
            raise AccessError(self.env._("A release is taken back by its button, and changed in no other way."))

    @api.model_create_multi
    def create(self, vals_list):
        """Override: the release of a whole customer is measured when it is made, whoever asked for it before."""
        releases = super().create(vals_list)
        for release in releases.filtered(lambda release: not release.res_model and release.is_measured):
            # the release itself is among what may still come
            release.amount_over = release.profile_id._get_most_over(0.0)
            release.profile_id._queue_recheck()
        return releases

    @api.model
    def _get_running(self, keys, profiles):
        """Return the releases that run on a day for documents (model, id) or for whole customers."""
        customers = Domain("res_model", "=", False) & Domain("profile_id", "in", profiles.ids)
        running = Domain("is_running", "=", True)
        return self.search(running & (self._get_keys_domain(keys) | customers))

    @api.model
    def _get_keys_domain(self, keys):
        by_model = {}
        for model, res_id in keys:
            by_model.setdefault(model, []).append(res_id)
        return Domain.OR(
            Domain("res_model", "=", model) & Domain("res_id", "in", ids) for model, ids in by_model.items()
        )

    def _for_keys(self, keys, profile):
        """Return those of these releases that cover a document or its whole customer."""
        return self.filtered(
            lambda release: (
                release.profile_id == profile  # it dies when the document changes to another customer
                and (not release.res_model or release._get_key() in keys)
            )
        )

    def _get_key(self):
        """Return the document that is released, as (model, id)."""
        return (self.res_model, self.res_id)

    @api.depends("use_ids.amount")
    def _compute_amount_used(self):
        for release in self:
            release.amount_used = sum(release.use_ids.mapped("amount"))

    def _get_left(self, used, keys, as_of):
        """Return the most that is left of one of these releases for a document, how far its authority reaches, its id,
        and whether it is for a whole customer; nothing without any.

        :param dict used: what other documents have used of the release of an order, in company currency, by release
        :param list keys: the document, and those that it follows from, as (model, id)
        """
        whole = self.filtered(lambda release: not release.res_model)
        left = {release: release._get_left_of_all(keys) for release in whole}
        left |= {release: release.amount_max - used.get(release, 0.0) for release in self - whole}
        best = max(left, key=left.get, default=None)
        if not best:
            return ()
        counted = best.id if best.res_model or best._is_used_up() else 0
        return left[best], best._get_reach(as_of), counted, best._is_used_up()

    def _is_used_up(self):
        """Tell whether the release is for a whole customer, up to a total."""
        return not self.res_model and self.is_measured

    def _get_left_of_all(self, keys=()):
        """Return what is left of the release of a whole customer for one document, in company currency."""
        if not self._is_used_up():
            return self.amount_max
        others = self.use_ids.filtered(lambda use: (use.res_model, use.res_id) not in keys)
        return min(self.amount_max, self.amount_total - sum(others.mapped("amount")))

    def _get_reach(self, as_of):
        """Return how far over the limit the release may lead on a day, in company currency; None for any amount.

        That is as far as its person may decide, or as any release of the customer was looked at with all the others.
        """
        if not self.is_measured:
            return None
        reach = self.env["credit.authority"]._get_reach(self.user_id, self.profile_id, self._get_day_given())
        seen = self.search(self._get_running_domain(self.profile_id, as_of)).mapped("amount_over")
        return None if reach is None else max([reach, *seen])

    def _get_day_given(self):
        """Return the day of its company on which it was given."""
        return self.company_id._credit_day_of(self.create_date)

    def _use(self, keys, name, request):
        """Keep that a document has passed by the release of its customer; one that grows uses the difference.

        :param list keys: the document, and those that it follows from: what follows from one that has used the
            release uses nothing more
        """
        uses = self.use_ids.filtered(lambda use: (use.res_model, use.res_id) in keys)
        own = uses.filtered(lambda use: (use.res_model, use.res_id) == request.key)
        if own:
            own.amount = max(own.amount, request.amount_used)
        elif not uses:
            model, res_id = request.key
            values = {"res_model": model, "res_id": res_id, "document_name": name, "amount": request.amount_used}
            self.use_ids = [fields.Command.create(values)]

    @api.model
    def _get_running_domain(self, profiles, as_of):
        return [("profile_id", "in", profiles.ids), ("state", "=", "running"), ("date_until", ">=", as_of)]

    # -- what may still come -----------------------------------------------------------------------

    @api.model
    def _get_pending(self, profiles, as_of):
        """Return ``{profile: {key: amount}}`` of what was released and may still come, in company currency.

        A release of a whole customer has the key (False, id).
        """
        running = self.search(self._get_running_domain(profiles, as_of))
        pending = {profile: {} for profile in profiles}
        for release in running:
            key = release._get_key() if release.res_model else (False, release.id)
            amounts = pending[release.profile_id]
            amounts[key] = max(amounts.get(key, 0.0), release._get_to_come())
        return pending

    def _get_to_come(self):
        """Return what the release allows and has not gone on yet, in company currency."""
        if not self.res_model:
            return max(self.amount_total - self.amount_used, 0.0)
        if self.res_model not in self.env:
            return 0.0  # its add-on is gone, and nothing of its kind goes on
        document = self.env[self.res_model].browse(self.res_id).exists()
        return max(self.amount_max - document._credit_get_gone(), 0.0) if document else 0.0

    @api.model
    def _void_of(self, keys):
        """Take the releases of documents (model, id) back."""
        self.search(self._get_keys_domain(keys) & Domain("state", "=", "running"))._void()

    def _void(self):
        """Take releases back."""
        self.write({"state": "void"})

    def action_void(self):
        """Take a running release back: what has not gone through yet is checked again.

        :raise UserError: when one of the releases is void already
        """
        self.check_access("read")
        if not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(self.env._("Only credit controllers and credit managers take a release back."))
        if any(release.state == "void" for release in self):
            raise UserError(self.env._("This release was already taken back."))
        self.sudo()._void()  # releases are written by their buttons only
        return True


class CreditReleaseUse(models.Model):
    _name = "credit.release.use"
    _inherit = ["credit.worded", "credit.explicit"]
    _description = "Document That Passed by a Release"
    _order = "id"

    release_id = fields.Many2one("credit.release", required=True, index=True, ondelete="cascade", readonly=True)
    currency_id = fields.Many2one(related="release_id.currency_id")
    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", required=True, readonly=True)
    document_name = fields.Char("Document Name", readonly=True, translate=True)
    amount = fields.Monetary(readonly=True, help="What it has used of the release, in company currency.")
