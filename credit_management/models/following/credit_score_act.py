"""What followed from a score by a rule: one row for each, once; a protective hold waits in it for a decision."""

from odoo import api, fields, models
from odoo.tools import SQL

from .credit_score_rule import ACTIONS

RESULTS = [("done", "Done"), ("open", "Waits for a decision"), ("kept", "Hold confirmed"), ("lifted", "Hold lifted"),
           ("nothing", "Nothing to do"), ("failed", "Refused")]


class CreditScoreAct(models.Model):
    _name = "credit.score.act"
    _description = "What Followed from a Score"
    _inherit = ["credit.worded"]
    _order = "id desc"
    _rec_name = "name"

    rule_id = fields.Many2one(
        "credit.score.rule", "Rule", required=True, readonly=True, index=True, ondelete="restrict"
    )
    score_id = fields.Many2one("credit.score", "Score", required=True, readonly=True, index=True, ondelete="cascade")
    profile_id = fields.Many2one(
        "credit.profile", "Customer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    date = fields.Date("Day", required=True, readonly=True, help="The company's day on which it followed.")
    action = fields.Selection(ACTIONS, "What Follows", required=True, readonly=True, help="What the rule asked for.")
    name = fields.Char("What Followed", readonly=True, translate=True, help="What was done, or why it was not.")
    rule_text = fields.Char("Rule Then", readonly=True, translate=True, help="What the rule said on that day.")
    result = fields.Selection(RESULTS, readonly=True, required=True, help="What became of it.")
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True, help="What was made.")
    # -- of a protective hold --------------------------------------------------------------------------
    user_id = fields.Many2one("res.users", "Who Decides", readonly=True, help="Who was asked to decide.")
    date_decide = fields.Date("Decide By", readonly=True, help="After this day a credit manager is told.")
    status_before = fields.Char(readonly=True, help="Technical: the status of the account before the hold.")
    is_escalated = fields.Boolean("Put Before a Manager", readonly=True, help="Nobody had decided in time.")
    decided_by_id = fields.Many2one("res.users", "Decided By", readonly=True)
    activity_ids = fields.Many2many("mail.activity", string="Tasks", readonly=True, help="Who was asked to decide.")

    _once = models.UniqueIndex("(rule_id, score_id)", "The same score never acts twice by a rule.")
    _open_idx = models.Index("(company_id, date_decide) WHERE result = 'open'")

    def action_open_document(self):
        """Open what was made; the credit file where nothing was."""
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id).exists() if self.res_model else None
        record = record or self.profile_id
        return {"type": "ir.actions.act_window", "res_model": record._name, "res_id": record.id,
                "views": [(False, "form")]}


class CreditScore(models.Model):
    _inherit = "credit.score"

    act_ids = fields.One2many(
        "credit.score.act", "score_id", "What Followed by Rules", readonly=True,
        groups="credit_management.group_credit_controller",
    )

    @api.model
    def _get_kept_conditions(self, score):
        """Override: from what followed, the score is the reason."""
        acted = SQL("EXISTS (SELECT FROM credit_score_act a WHERE a.score_id = %s.id)", score)
        return [*super()._get_kept_conditions(score), acted]


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    score_act_ids = fields.One2many(
        "credit.score.act", "profile_id", "What Followed from Scores", readonly=True,
        groups="credit_management.group_credit_controller",
    )
