"""Releases: the recorded, limited, expiring permission to go on (放行)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..setup.credit_day import of_today


class CreditRelease(models.Model):
    _name = "credit.release"
    _description = "Credit Release"
    _order = "id desc"

    profile_id = fields.Many2one("credit.profile", required=True, index=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one(related="profile_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    hold_id = fields.Many2one("credit.hold", readonly=True, ondelete="set null", index="btree_not_null")
    res_model = fields.Char("Document Model", readonly=True, help="Empty: all documents of the customer.")
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)
    document_name = fields.Char("Document Name", readonly=True)
    reason_id = fields.Many2one(
        "credit.reason", "Reason", required=True, readonly=True, help="Why the document may go on."
    )
    note = fields.Text(readonly=True, help="What the releasing person wrote.")
    user_id = fields.Many2one("res.users", "Released By", required=True, readonly=True)
    requester_id = fields.Many2one("res.users", "Asked By", readonly=True)
    amount_max = fields.Monetary(
        "Released Up To",
        readonly=True,
        help="The document may go on as long as its amount, in company currency, tax included, is not above this. "
        "The invoices of a released order are covered up to it taken together, and so are its deliveries.",
    )
    date_until = fields.Date("Valid Until", required=True, readonly=True, help="Last day of the release.")
    date_review = fields.Date("Review On", readonly=True, help="When somebody should look at it again.")
    state = fields.Selection(
        [("running", "Running"), ("void", "Void")],
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
    _amount_max_positive = models.Constraint("CHECK (amount_max >= 0)", "A release cannot be for a negative amount.")

    @api.depends("document_name", "profile_id")
    def _compute_display_name(self):
        for release in self:
            release.display_name = release.document_name or release.profile_id.display_name

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

    def _get_left(self, used):
        """Return the most that is left of one of these releases, and its id; (None, 0) without any.

        :param dict used: what other documents have used, in company currency, by release
        :return: the id is 0 where nothing is used up: each document of a released customer passes
        """
        left = {release: release.amount_max - used.get(release, 0.0) for release in self}
        best = max(left, key=left.get, default=None)
        return (left[best], best.id if best.res_model else 0) if best else (None, 0)

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
