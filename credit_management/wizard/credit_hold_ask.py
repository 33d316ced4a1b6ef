"""Ask for a release in words: why, and when the customer pays; also before a confirmed order is to grow."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class CreditHoldAsk(models.TransientModel):
    _name = "credit.hold.ask"
    _description = "Ask for a Release"

    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", required=True, readonly=True)
    document_name = fields.Char("Document Name", compute="_compute_document")
    currency_id = fields.Many2one("res.currency", compute="_compute_document")
    question = fields.Text("Question of the Controller", compute="_compute_document")
    is_ahead = fields.Boolean("In Advance", readonly=True, help="The document does not wait: it is to grow.")
    amount = fields.Monetary(
        "Order Amount Needed", help="The amount, in company currency, tax included, that the order is to reach."
    )
    reason = fields.Text(required=True, help="What the credit controller should know to decide.")
    date_payment = fields.Date("Customer Pays On", help="Noted as a promise to pay. Empty: nothing was promised.")
    amount_payment = fields.Monetary("Amount", help="What the customer pays on that day, in company currency.")
    attachment_ids = fields.Many2many("ir.attachment", string="Attachments", help="What speaks for it.")

    @api.model
    def default_get(self, fields):
        """Override: what has to come in to free the document is proposed as the payment."""
        values = super().default_get(fields)
        if values.get("res_model") and values.get("res_id") and not values.get("is_ahead"):
            document = self.new(values)._get_document()
            values["amount_payment"] = document._credit_get_payment_asked() if document else 0.0
        return values

    @api.depends("res_model", "res_id")
    def _compute_document(self):
        for wizard in self:
            document = wizard._get_document()
            wizard.document_name = document.display_name
            wizard.currency_id = document.company_id.currency_id
            wizard.question = document._credit_get_question()

    def _get_document(self):
        """Return the document that is asked for.

        :raise UserError: for what is under no control
        :raise AccessError: for what the user may not read
        """
        if self.res_model not in self.env or "credit_hold_id" not in self.env[self.res_model]._fields:
            raise UserError(self.env._("Nothing is held there: ask on the document that is on credit hold."))
        document = self.env[self.res_model].browse(self.res_id).exists()
        document.check_access("read")
        return document

    @api.constrains("amount", "is_ahead")
    def _check_amount(self):
        for wizard in self:
            if wizard.is_ahead and wizard.amount <= 0:
                raise ValidationError(self.env._("Enter the amount that the order is to reach, above zero."))

    def action_ask(self):
        """Put the question on the credit controller's desk.

        :return: the action that tells who was asked
        :rtype: dict
        :raise UserError: when the same question is waiting already, or nothing waits
        """
        self.ensure_one()
        document = self._get_document()
        said = {
            "note": self.reason,
            "date_payment": self.date_payment,
            "amount_payment": self.amount_payment,
            "attachments": self.attachment_ids,
        }
        if self.is_ahead and self.res_model == "sale.order":
            return document._credit_ask_ahead(self.amount, **said)
        return document._credit_request_release(**said)
