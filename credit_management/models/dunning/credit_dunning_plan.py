"""Dunning plans (催收方案): which notice comes when, and how; checked before anything is sent."""

from odoo import api, fields, models

from ...engine.dunning import Plan


class CreditDunningPlan(models.Model):
    _name = "credit.dunning.plan"
    _description = "Dunning Plan"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="What the plan is called where one is chosen.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="An archived plan sends nothing, whoever has it.")
    description = fields.Text(translate=True, help="For which customers it is meant.")
    company_id = fields.Many2one("res.company", help="Whose customers may have it. Empty: those of every company.")
    currency_id = fields.Many2one(
        "res.currency",
        help="The currency of its minimum amounts and fees, which are converted where they are needed. Empty: that of "
        "the company whose customers are dunned.",
    )
    days_quiet = fields.Integer(
        "Quiet Days", default=3, tracking=True, aggregator=None,
        help="So many days pass between two notices to a customer, and between the sending of an invoice and its first "
        "notice. 0: only never two on one day.",
    )
    level_ids = fields.One2many("credit.dunning.level", "plan_id", "Levels", copy=True)
    level_count = fields.Integer("Number of Levels", compute="_compute_level_count")

    _days_quiet_not_negative = models.Constraint(
        "CHECK (days_quiet >= 0)", "Quiet days cannot be negative. Enter 0 for none."
    )
    _days_quiet_not_endless = models.Constraint("CHECK (days_quiet <= 365)", "Quiet days are 365 at most.")

    @api.depends("level_ids")
    def _compute_level_count(self):
        for plan in self:
            plan.level_count = len(plan.level_ids)

    @api.constrains("company_id")
    def _check_company_is_whole(self):
        self.company_id._credit_check_is_whole()

    def _to_engine(self, company, day):
        """Return the plan as a plain value, its amounts in the smallest unit of the company's currency."""
        self.ensure_one()
        levels = [level._to_engine(company, day) for level in self.level_ids.sorted("number")]
        return Plan(
            plan_id=self.id,
            levels=tuple(level for level in levels if level.number),
            days_quiet=self.days_quiet,
            reminder=next((level for level in levels if not level.number), None),
        )

    def _get_defects(self):
        """Return why nothing can be sent by the plan: a sentence for each defect, none where all is well.

        Hook: what else a plan needs before anything is sent (texts, accounts of fees).
        """
        self.ensure_one()
        if not self.level_ids:
            return [self.env._("Plan “%(plan)s” has no level: add one.", plan=self.name)]
        return [text for level in self.level_ids for text in level._get_defects()]
