"""Let all documents of a customer pass up to an amount, until a date."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError


class CreditProfileRelease(models.TransientModel):
    _name = "credit.profile.release"
    _description = "Release a Customer"

    profile_id = fields.Many2one(
        "credit.profile", "Customer", required=True, default=lambda self: self.env.context.get("active_id")
    )
    currency_id = fields.Many2one(related="profile_id.currency_id")
    reason_id = fields.Many2one(
        "credit.reason", "Reason", required=True, domain="[('kind', '=', 'release')]", help="Kept with the release."
    )
    note = fields.Text(help="What auditors should know.")
    amount_max = fields.Monetary(
        "Each Document Up To",
        required=True,
        help="Documents of **at most** this amount, in company currency, tax included, pass all checks.",
    )
    date_until = fields.Date(
        "Valid Until",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=7),
        help="Last day of the release.",
    )

    @api.constrains("date_until", "amount_max")
    def _check_values(self):
        for wizard in self:
            if wizard.date_until < fields.Date.context_today(wizard):
                raise ValidationError(self.env._("A release cannot end before it starts: choose today or a later day."))
            if wizard.amount_max <= 0:
                raise ValidationError(self.env._("Enter the amount up to which documents pass, above zero."))

    def action_release(self):
        """Write the release and look at the customer's holds again.

        :raise AccessError: without the rights of a credit manager
        :raise UserError: for the customer's own salesperson, or beyond one's authority
        """
        self.ensure_one()
        self._check_may_release()
        # written for the log; the right to do it was checked above
        self.env["credit.release"].sudo().create(
            {
                "profile_id": self.profile_id.id,
                "document_name": self.profile_id.display_name,
                "reason_id": self.reason_id.id,
                "note": self.note,
                "user_id": self.env.uid,
                "amount_max": self.amount_max,
                "date_until": self.date_until,
            }
        )
        self.profile_id._queue_recheck()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _check_may_release(self):
        if not self.env.user.has_group("credit_management.group_credit_manager"):
            raise AccessError(self.env._("Only credit managers release a whole customer."))
        self.profile_id.check_access("write")
        if self.profile_id.salesperson_id == self.env.user:
            raise UserError(self.env._("This is your own customer, so somebody else has to release it."))
        refusal = self.env["credit.authority"]._get_refusal(self.env.user, self.profile_id, self.amount_max, "over")
        if refusal:
            raise UserError(refusal)
