"""Ask for the kind and the day of new statements of customers."""

from odoo import api, fields, models


class CreditStatementMake(models.TransientModel):
    _name = "credit.statement.make"
    _description = "New Statements"

    partner_ids = fields.Many2many("res.partner", required=True, string="Customers")
    group_id = fields.Many2one("credit.group", readonly=True, help="The statement is of all members together.")
    member_id = fields.Many2one(
        "res.partner", "Goes To", domain="[('id', 'in', partner_ids)]",
        help="The member that gets the statement of the group, and sees what the others owe.",
    )
    kind = fields.Selection(
        lambda self: self.env["credit.statement"]._get_offered_kinds(),
        required=True, default="open", help="What the statement says.",
    )
    date = fields.Date(
        "As Of", required=True, default=lambda self: self._get_company()._credit_today(),
        help="What was booked up to this day counts.",
    )
    date_from = fields.Date(
        "From", compute="_compute_date_from", store=True, readonly=False, help="First day of the movements."
    )

    def _get_company(self):
        return self.env.company._credit_company()

    @api.depends("date")
    def _compute_date_from(self):
        for wizard in self:
            wizard.date_from = wizard.date and wizard.date.replace(day=1)

    def action_make(self):
        """Make the statements and open them.

        :raise UserError: when there is nothing to state
        """
        self.ensure_one()
        asked = (self._get_company(), self.kind, self.date, self.date_from)
        Statement = self.env["credit.statement"]
        if self.group_id:
            statements = Statement._make_of_group(self.group_id, self.member_id, *asked)
        else:
            statements = Statement._make_or_explain(self.partner_ids, *asked)
        action = {"type": "ir.actions.act_window", "res_model": statements._name, "name": self.env._("Statements")}
        if len(statements) == 1:
            return {**action, "res_id": statements.id, "views": [(False, "form")]}
        return {**action, "domain": [("id", "in", statements.ids)], "views": [(False, "list"), (False, "form")]}
