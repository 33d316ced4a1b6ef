"""Who was left out of a run, at the preview or when its turn came, and why."""

from odoo import fields, models


class CreditDunningOmission(models.Model):
    _name = "credit.dunning.omission"
    _description = "Left Out of a Dunning Run"
    _order = "run_id, is_sending, reason, partner_id, id"
    _rec_name = "partner_id"

    run_id = fields.Many2one("credit.dunning.run", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    company_currency_id = fields.Many2one(related="run_id.currency_id", string="Company Currency")
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    notice_id = fields.Many2one(
        "credit.notice", readonly=True, index="btree_not_null", ondelete="cascade",
        help="The notice that was prepared, and was not sent when its turn came.",
    )
    is_sending = fields.Boolean("When Sending", readonly=True, help="Else when the run was prepared.")
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary("Overdue", readonly=True, help="What is overdue of the customer in this currency.")
    amount_company = fields.Monetary(
        "Overdue in Company Currency", currency_field="company_currency_id", readonly=True
    )
    level = fields.Integer("Level Now", readonly=True, aggregator="max", help="The highest level of its items.")
    reason = fields.Selection([("paid", "Paid")], required=True, readonly=True)
    date = fields.Date("Until", readonly=True, help="The day up to which the reason holds, where there is one.")
    statement_line_id = fields.Many2one(
        "account.bank.statement.line", "On the Bank", readonly=True, ondelete="set null", index="btree_not_null",
        help="The bank line that nobody has identified, and that may be this customer's payment.",
    )
    note = fields.Char(readonly=True, help="What else is known of the reason.")
