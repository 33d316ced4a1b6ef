"""What a customer promised to pay, in its credit file."""

from odoo import fields, models


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    promise_ids = fields.One2many("credit.promise", "profile_id", "Promises to Pay")
    promise_count = fields.Integer("Promises", compute="_compute_promise_count")

    def _compute_promise_count(self):
        counts = dict(
            self.env["credit.promise"]._read_group(
                [("profile_id", "in", self.ids), ("is_withdrawn", "=", False)], ["profile_id"], ["__count"]
            )
        )
        for profile in self:
            profile.promise_count = counts.get(profile._origin, 0)

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
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Promises to Pay"),
            "res_model": "credit.promise",
            "views": [(False, "list"), (False, "form")],
            "domain": [("profile_id", "=", self.id)],
            "context": {"default_profile_id": self.id},
        }


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_note_credit_promise(self):
        """Note a promise to pay; the credit file is opened when there is none yet."""
        self.ensure_one()
        return self.env["credit.profile"]._ensure(self, self.env.company).action_note_promise()
