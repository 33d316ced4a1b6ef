"""Ask for the kind and the day of new statements of customers."""

from odoo import api, fields, models


class CreditStatementMake(models.TransientModel):
    _name = "credit.statement.make"
    _description = "New Statements"

    partner_ids = fields.Many2many("res.partner", required=True, string="Customers")
    kind = fields.Selection(
        [("open", "Open items"), ("movements", "Movements")],
        required=True,
        default="open",
        help="Open items: what is open on the day. Movements: what was booked in the period as well, with opening, "
        "running and closing balance.",
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
        statements = self.env["credit.statement"]._make_or_explain(
            self.partner_ids, self._get_company(), self.kind, self.date, self.date_from
        )
        action = {"type": "ir.actions.act_window", "res_model": statements._name, "name": self.env._("Statements")}
        if len(statements) == 1:
            return {**action, "res_id": statements.id, "views": [(False, "form")]}
        return {**action, "domain": [("id", "in", statements.ids)], "views": [(False, "list"), (False, "form")]}
