"""Note what a customer answered to a statement, line by line where its books differ."""

import base64

from odoo import api, fields, models

from ..models.statement.credit_statement_answer import METHODS, ON_PAGE


class CreditStatementAnswer(models.TransientModel):
    _name = "credit.statement.answer"
    _description = "Answer to a Statement"

    statement_id = fields.Many2one("credit.statement", required=True, readonly=True)
    result = fields.Selection(
        [("agreed", "Agrees"), ("differs", "Does not agree")], "The Customer", required=True, default="agreed",
        help="What the customer says to the statement.",
    )
    name = fields.Char("Answered By", required=True, help="Who answered for the customer.")
    function = fields.Char("In the Capacity Of", help="For instance chief accountant.")
    method = fields.Selection(
        [method for method in METHODS if method[0] not in ON_PAGE], "How", required=True, default="seal",
        help="A seal or a signature is proof, and needs the copy; a letter or a call is weak evidence.",
    )
    scan = fields.Binary("Signed Copy", help="PDF or picture of what the customer sent back.")
    scan_name = fields.Char()
    note = fields.Text("Their Words", help="What the customer wrote, also of documents that we do not have.")
    line_ids = fields.One2many(
        "credit.statement.answer.line", "wizard_id", "Open Items", compute="_compute_line_ids", store=True,
        readonly=False,
    )

    @api.depends("statement_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [
                fields.Command.create({"line_id": line.id, "amount": line.amount})
                for line in wizard.statement_id.line_ids.filtered("is_stated")
            ]

    def action_note(self):
        """Note the answer.

        :raise AccessError: without the rights on statements
        """
        self.ensure_one()
        self.statement_id.check_access("write")
        answer = {
            "name": self.name, "function": self.function, "method": self.method, "note": self.note,
            "scan": (self.scan_name, base64.b64decode(self.scan)) if self.scan else None,
        }
        if self.result == "agreed":
            self.statement_id._note_agreed(**answer)
        else:
            different = self.line_ids.filtered(lambda line: line.note or line.amount != line.line_id.amount)
            self.statement_id._note_differences(
                {line.line_id: (line.amount, line.note) for line in different}, **answer
            )
        return {"type": "ir.actions.act_window_close"}


class CreditStatementAnswerLine(models.TransientModel):
    _name = "credit.statement.answer.line"
    _description = "Line of an Answer to a Statement"

    wizard_id = fields.Many2one("credit.statement.answer", required=True, ondelete="cascade")
    line_id = fields.Many2one("credit.statement.line", required=True, readonly=True)
    title = fields.Char("Document", related="line_id.title")
    currency_id = fields.Many2one(related="line_id.currency_id")
    amount_ours = fields.Monetary("With Us", related="line_id.amount")
    amount = fields.Monetary("In Their Books", help="What is open according to the customer.")
    note = fields.Char("What the Customer Says", help="Why it differs.")
