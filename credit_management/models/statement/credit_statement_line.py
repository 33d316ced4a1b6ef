"""Lines of a statement: an open item, or a movement with the balance after it; kept as they were sent."""

from odoo import api, fields, models


class CreditStatementLine(models.Model):
    _name = "credit.statement.line"
    _description = "Line of a Statement"
    _order = "statement_id, currency_id, section desc, sequence, id"
    _rec_name = "name"

    statement_id = fields.Many2one("credit.statement", required=True, index=True, ondelete="cascade", readonly=True)
    sequence = fields.Integer(readonly=True)
    section = fields.Selection(
        [("opening", "Opening balance"), ("movement", "Movement"), ("open", "Open item"), ("delivered", "Delivery")],
        required=True,
        readonly=True,
        help="What the line is of the statement.",
    )
    is_stated = fields.Boolean(
        compute="_compute_is_stated", help="The customer is asked whether it agrees: not movements, their result is."
    )
    member_id = fields.Many2one("res.partner", "Member", readonly=True, help="Of a credit group: whose line it is.")
    move_id = fields.Many2one(
        "account.move", "Document", readonly=True, ondelete="set null", index="btree_not_null", help="What was booked."
    )
    name = fields.Char("Number", readonly=True)
    title = fields.Char(compute="_compute_title", help="The document; of a delivery with its note and its product.")
    reference = fields.Char("Customer's Reference", readonly=True, help="The customer's own number.")
    numbers = fields.Json(
        "Customer's Numbers", readonly=True, help="Numbers of purchase order, tax invoice and delivery notes, by kind."
    )
    date = fields.Date("Document Date", readonly=True, help="The day of the document.")
    date_due = fields.Date("Due", readonly=True, help="When the installment is due.")
    days_late = fields.Integer(readonly=True, help="Days since it was due, on the day of the statement.")
    is_advance = fields.Boolean("Advance", readonly=True, help="What the customer paid in advance.")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(readonly=True, help="What is open of the item; of a movement, what it moved.")
    amount_original = fields.Monetary("Original", readonly=True, help="The amount of the whole document.")
    amount_balance = fields.Monetary("Balance", readonly=True, help="What the customer owed after the movement.")
    amount_disputed = fields.Monetary("Disputed", readonly=True, help="What was disputed of it when it was sent.")
    amount_company = fields.Monetary(
        "In Company Currency", currency_field="company_currency_id", readonly=True, help="The amount, as booked."
    )
    company_currency_id = fields.Many2one(related="statement_id.company_currency_id")
    is_contested = fields.Boolean("Contested", readonly=True, help="The customer does not agree with the line.")
    amount_answer = fields.Monetary("In Their Books", readonly=True, help="What is open according to the customer.")
    answer_note = fields.Char("What the Customer Says", readonly=True)
    amount_difference = fields.Monetary(
        "Difference", compute="_compute_amount_difference", help="What we say is open, less what the customer says."
    )
    dispute_id = fields.Many2one("credit.dispute", readonly=True, help="The dispute that was opened of it.")

    @api.depends("section")
    def _compute_is_stated(self):
        for line in self:
            line.is_stated = line.section in ("open", "delivered")

    @api.depends("name", "delivery_name", "product_name")
    def _compute_title(self):
        for line in self:
            line.title = " · ".join(filter(None, (line.name, line.delivery_name, line.product_name)))

    @api.depends("is_contested", "amount", "amount_answer")
    def _compute_amount_difference(self):
        for line in self:
            line.amount_difference = line.amount - line.amount_answer if line.is_contested else 0

    @property
    def numbers_text(self):
        """The customer's numbers of the document, beside its reference."""
        return self.env["account.move"]._credit_get_numbers_text(self.numbers, self.reference)

    @property
    def payable(self):
        """What the customer is asked to pay of it: nobody is asked for what is disputed."""
        return self.amount - self.amount_disputed

    def _open_dispute(self):
        self.ensure_one()
        reason = self.answer_note or self.statement_id.name
        dispute = self.env["credit.dispute"].create(
            {"move_id": self.move_id.id, "amount": self.amount_difference, "reason": reason}
        )
        self.sudo().dispute_id = dispute  # lines are written by steps only
        return dispute


class CreditStatement(models.Model):
    _inherit = "credit.statement"

    def _get_disputable(self):
        """Return the lines of which the customer owes less, in its own words, and of which there is no dispute yet."""
        return self.line_ids.filtered(
            # only what kind of document it is
            lambda line: line.is_contested and not line.dispute_id and line.move_id.sudo().move_type == "out_invoice"
            and line.currency_id.compare_amounts(line.amount_difference, 0) > 0
        )
