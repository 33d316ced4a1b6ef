"""What collecting and cover add to a profile: dunning level, promises to pay, insurance and guarantees."""

from odoo import api, fields, models
from odoo.fields import Domain

DUNNING_LEVEL_MAX = 9


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    dunning_level = fields.Integer(
        default=0,
        tracking=True,
        aggregator="max",
        help="How far dunning has come: 0 none, up to 9. A policy can stop orders from a level on.",
    )
    dunning_reason = fields.Char("Why This Level", tracking=True, help="Why the dunning level was set by hand.")
    promise_ids = fields.One2many("credit.promise", "profile_id", "Promises to Pay")
    promise_count = fields.Integer("Promises", compute="_compute_promise_count")
    cover_ids = fields.One2many("credit.cover", "profile_id", "Covers")
    date_cover_expiry = fields.Date(
        "Covered Until",
        compute="_compute_date_cover_expiry",
        help="Last day of all covers that have begun. Empty: no cover, or one without end.",
    )
    is_cover_expired = fields.Boolean(
        "Cover Expired",
        compute="_compute_date_cover_expiry",
        search="_search_is_cover_expired",
        help="The customer had a cover, and none is valid today.",
    )

    _dunning_level_in_range = models.Constraint(
        "CHECK (dunning_level BETWEEN 0 AND 9)", "A dunning level is a number from 0 to 9."
    )

    def _compute_promise_count(self):
        counts = dict(
            self.env["credit.promise"]._read_group(
                [("profile_id", "in", self.ids), ("is_withdrawn", "=", False)], ["profile_id"], ["__count"]
            )
        )
        for profile in self:
            profile.promise_count = counts.get(profile._origin, 0)

    @api.depends("cover_ids.date_from", "cover_ids.date_to", "cover_ids.active")
    def _compute_date_cover_expiry(self):
        today = fields.Date.context_today(self)
        for profile in self:
            begun = profile.cover_ids.filtered(lambda cover: cover.active and cover.date_from <= today)
            is_endless = any(not cover.date_to for cover in begun)
            profile.date_cover_expiry = False if is_endless else max(begun.mapped("date_to"), default=False)
            profile.is_cover_expired = bool(profile.date_cover_expiry and profile.date_cover_expiry < today)

    @api.model
    def _search_is_cover_expired(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        begun = Domain("date_from", "<=", today)
        valid = begun & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
        return Domain("cover_ids", "any", begun) & Domain("cover_ids", "not any", valid)

    @api.model
    def _get_curing_fields(self):
        return super()._get_curing_fields() | {"dunning_level"}

    # -- buttons -----------------------------------------------------------------------------------

    def action_note_promise(self):
        """Open a new promise to pay of the customer, with what is overdue."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Note a Promise"),
            "res_model": "credit.promise",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_profile_id": self.id, "default_amount": max(self.amount_overdue, 0.0)},
        }

    def action_open_promises(self):
        """Open what the customer promised, kept and broken."""
        self.ensure_one()
        domain = [("profile_id", "=", self.id)]
        return self._prepare_window(
            self.env._("Promises to Pay"), "credit.promise", domain, default_profile_id=self.id
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_note_credit_promise(self):
        """Note a promise to pay; the credit file is opened when there is none yet."""
        self.ensure_one()
        return self.env["credit.profile"]._ensure(self, self.env.company).action_note_promise()
