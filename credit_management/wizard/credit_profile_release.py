"""Let all documents of a customer pass up to an amount, until a date."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


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
        compute="_compute_amount_max",
        store=True,
        readonly=False,
        precompute=True,
        help="Documents of **at most** this amount, in company currency, tax included, pass all checks.",
    )
    amount_total = fields.Monetary(
        "All Together Up To",
        required=True,
        compute="_compute_amount_total",
        store=True,
        readonly=False,
        precompute=True,
        help="Once documents of **this** amount in all have passed that would have been stopped, the release is used "
        "up. It is what your authority is compared with.",
    )
    date_until = fields.Date(
        "Valid Until",
        required=True,
        default=lambda self: self.env.company._credit_today() + timedelta(days=7),
        help="Last day of the release.",
    )

    @api.depends("profile_id")
    def _compute_amount_max(self):
        for wizard in self:
            wizard.amount_max = wizard.amount_max or max(wizard._get_open_amounts(), default=0.0)

    @api.depends("amount_max")
    def _compute_amount_total(self):
        for wizard in self:
            proposed = wizard.amount_total or sum(wizard._get_open_amounts())
            wizard.amount_total = max(proposed, wizard.amount_max)

    def _get_open_amounts(self):
        """Return the amounts of the customer's open quotations, in company currency: what waits to be let through."""
        profile = self.profile_id
        orders = self.env["sale.order"].search(
            [
                ("partner_invoice_id.commercial_partner_id", "=", profile.partner_id.id),
                ("company_id", "child_of", profile.company_id.id),
                ("state", "in", ("draft", "sent")),
            ]
        )
        today = profile.company_id._credit_today()
        return [order._credit_get_amount(today) for order in orders]

    @api.constrains("date_until", "amount_max", "amount_total")
    def _check_values(self):
        for wizard in self:
            if wizard.date_until < wizard.profile_id.company_id._credit_today():
                raise ValidationError(self.env._("A release cannot end before it starts: choose today or a later day."))
            if wizard.amount_max <= 0:
                raise ValidationError(self.env._("Enter the amount up to which documents pass, above zero."))
            if wizard.amount_total < wizard.amount_max:
                raise ValidationError(
                    self.env._("All documents together cannot be less than one: raise 'All Together Up To'.")
                )

    def action_release(self):
        """Write the release and look at the customer's holds again.

        :raise AccessError: without the rights of a credit manager
        :raise UserError: for the customer's own salesperson, or beyond one's authority
        """
        self.ensure_one()
        self.profile_id._release(self.reason_id, self.date_until, self.amount_max, self.amount_total, self.note)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
