"""What waits of a customer, and what was released for it."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..profile.res_partner import of_profile


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    hold_ids = fields.One2many("credit.hold", "profile_id", "Holds")
    hold_count = fields.Integer(
        compute="_compute_hold_count", help="Documents of the customer that wait for a release."
    )
    release_ids = fields.One2many("credit.release", "profile_id", "Releases")

    def _compute_hold_count(self):
        counts = dict(
            self.env["credit.hold"]._read_group(
                [("profile_id", "in", self.ids), ("state", "=", "open")], ["profile_id"], ["__count"]
            )
        )
        for profile in self:
            profile.hold_count = counts.get(profile, 0)

    def action_open_holds(self):
        """Open the documents of the customer that are on hold, or were."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_hold")
        return {**action, "domain": [("profile_id", "=", self.id)], "context": {"search_default_filter_open": 1}}

    def _release(self, reason, date_until, amount_max, note=False):
        """Let all documents of the customer pass up to an amount, until a day, and look at its holds again.

        :param reason: `credit.reason`
        :raise AccessError: without the rights of a credit manager
        :raise UserError: for the customer's own salesperson, or beyond one's authority
        """
        self.ensure_one()
        self._check_may_release(amount_max)
        # written for the log; the right to do it was checked above
        self.env["credit.release"].sudo().create(
            {
                "profile_id": self.id,
                "document_name": self.display_name,
                "reason_id": reason.id,
                "note": note,
                "user_id": self.env.uid,
                "amount_max": amount_max,
                "date_until": date_until,
            }
        )
        self._queue_recheck()

    def _check_may_release(self, amount_max):
        if not self.env.user.has_group("credit_management.group_credit_manager"):
            raise AccessError(self.env._("Only credit managers release a whole customer."))
        self.check_access("write")
        if self.salesperson_id == self.env.user:
            raise UserError(self.env._("This is your own customer, so somebody else has to release it."))
        refusal = self.env["credit.authority"]._get_refusal(self.env.user, self, amount_max, "over")
        if refusal:
            raise UserError(refusal)


class ResPartner(models.Model):
    _inherit = "res.partner"

    credit_hold_count = of_profile(fields.Integer, "hold_count", "Credit Holds")

    def action_open_credit_holds(self):
        """Open the held documents of the customer."""
        return self.credit_profile_id.action_open_holds()
