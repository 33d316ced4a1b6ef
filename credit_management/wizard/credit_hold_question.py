"""Ask the salesperson about held documents, in words; the answer comes back on the hold."""

from odoo import fields, models


class CreditHoldQuestion(models.TransientModel):
    _name = "credit.hold.question"
    _description = "Question to the Salesperson"

    hold_ids = fields.Many2many("credit.hold", required=True, string="Documents")
    question = fields.Text(required=True, help="What is missing to decide. The salesperson reads it on the document.")

    def action_ask(self):
        """Ask, and tell who got a task.

        :rtype: dict
        :raise AccessError: without the rights of a credit controller
        """
        self.ensure_one()
        return self.hold_ids._ask_salespeople(self.question)
