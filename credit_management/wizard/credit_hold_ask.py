"""Ask for credit before the step is taken: a confirmed order is to grow, a quotation will not fit."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CreditHoldAsk(models.TransientModel):
    _name = "credit.hold.ask"
    _description = "Ask for a Release"

    order_id = fields.Many2one("sale.order", "Order", required=True, readonly=True)
    company_id = fields.Many2one(related="order_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(
        "Order Amount Needed",
        required=True,
        help="The amount, in company currency, tax included, that the order is to reach.",
    )
    reason = fields.Text(required=True, help="What the credit controller should know to decide.")

    @api.constrains("amount")
    def _check_amount(self):
        for wizard in self:
            if wizard.amount <= 0:
                raise ValidationError(self.env._("Enter the amount that the order is to reach, above zero."))

    def action_ask(self):
        """Put the question on the credit controller's desk.

        :raise UserError: when the same question is waiting already
        """
        self.ensure_one()
        self.order_id._credit_ask_ahead(self.amount, self.reason)
        return {"type": "ir.actions.act_window_close"}
