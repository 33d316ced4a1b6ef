"""A document under control: it answers the questions of the contract, and has a gate and a guard."""

from odoo import api, fields, models


class CreditTestGuarantee(models.Model):
    _name = "credit.test.guarantee"
    _inherit = ["mail.thread", "mail.activity.mixin", "credit.gate.mixin"]
    _description = "Guarantee for a Customer"

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id", store=True)
    partner_id = fields.Many2one("res.partner", "Customer", required=True)
    move_id = fields.Many2one("account.move", "Invoice")
    amount = fields.Monetary(required=True)
    date_end = fields.Date("Ends on")
    state = fields.Selection([("draft", "Draft"), ("given", "Given")], required=True, default="draft")

    @api.model_create_multi
    def create(self, vals_list):
        """Override: nobody creates a guarantee that is given already past the check."""
        guarantees = super().create(vals_list)
        guarantees.filtered(lambda guarantee: guarantee.state == "given")._credit_guard("guarantee")
        return guarantees

    def write(self, vals):
        """Override: see `create`."""
        if vals.get("state") == "given":
            self.filtered(lambda guarantee: guarantee.state == "draft")._credit_guard("guarantee")
        return super().write(vals)

    def action_give(self):
        """Give the guarantee, or hold it."""
        self._credit_gate("guarantee", is_held=self._credit_is_interactive()).state = "given"

    def _credit_get_panel_checkpoint(self):
        return "guarantee"

    def _credit_prepare_request(self, check):
        return self._credit_make_request(
            check,
            amount=self.amount,
            amount_counted=self.amount if self.state == "given" else 0.0,
            amount_document=self.amount,
            amount_used=self.amount,
        )

    def _credit_resume(self, checkpoint):
        self.action_give()
