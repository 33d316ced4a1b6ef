"""What follows from a score (后续措施): when it does, and what: a review, a task, a lower limit, a protective hold."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine import following as engine
from ..change.measures import ANY, any_change, higher, named, switched

WHENS = [
    (engine.FALL, "The score falls by points"),
    (engine.BELOW, "The score falls below"),
    (engine.CLASS_DOWN, "The class falls"),
    (engine.CLASS_UP, "The class rises"),
    (engine.COVERAGE, "The coverage falls below"),
    (engine.WORST, "A factor gets into its worst range"),
]
ACTIONS = [
    ("review", "Open a review"),
    ("alert", "Tell somebody"),
    ("propose", "Propose a lower limit"),
    ("lower", "Lower the limit"),
    ("hold", "Stop the account until somebody decides"),
]
HARMLESS = ("review", "alert")  # whatever the coverage is, and where the customer got better
RECIPIENTS = [("controller", "The credit controller"), ("salesperson", "The salesperson"), ("person", "A person")]
BASES = [("percent", "By percent"), ("methods", "To what the methods propose")]


class CreditScoreRule(models.Model):
    _name = "credit.score.rule"
    _description = "What Follows from a Score"
    _inherit = ["credit.control"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="What the rule is called where something followed by it.")
    sequence = fields.Integer(default=10, help="Rules are looked at in this order. All that a score hits act.")
    active = fields.Boolean(default=True, help="By an archived rule nothing follows.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company._credit_company(),
        help="Whose customers it is for.",
    )
    when = fields.Selection(
        WHENS, required=True, default=engine.FALL,
        help="A score is looked at once, in the night after it was found. The first one of a customer hits no rule. "
        "Falls and classes are compared within one version of a scorecard: a changed card is no change of a customer.",
    )
    points = fields.Float(
        digits=(5, 2), default=10.0, aggregator=None,
        help="By how much the score falls **at least**, or below which it falls.",
    )
    days_within = fields.Integer(
        "Within (days)", default=30, aggregator=None,
        help="A fall is measured from the highest score of so many days, or since the rule acted last.",
    )
    classes = fields.Integer(default=1, aggregator=None, help="By how many classes at least.")
    percent_coverage = fields.Float("Coverage Below (%)", default=60.0, aggregator=None, help="Of the card's weight.")
    factor = fields.Selection("_get_factor_labels", "Score Factor", help="What gets into its worst range.")
    action = fields.Selection(
        ACTIONS, "What Follows", required=True, default="review",
        help="A limit is lowered by itself for companies only; for natural persons it is proposed. Limits and holds "
        "take a score above the minimum coverage of its card. Nothing is loosened.",
    )
    kind_id = fields.Many2one("credit.review.kind", "Kind of Review", ondelete="restrict", help="What is opened.")
    recipient = fields.Selection(
        RECIPIENTS, "Who", required=True, default="controller",
        help="Who is told, or decides. Salespeople are told that the customer got worse, and no figures.",
    )
    user_id = fields.Many2one("res.users", "Person", help="Who is told, or decides.")
    days_due = fields.Integer("Due Within (days)", default=7, aggregator=None, help="By when it has to be done.")
    basis = fields.Selection(BASES, "Lower Limit", required=True, default="percent", help="How it is found.")
    percent = fields.Float("Lower By (%)", default=20.0, aggregator=None, help="Of the limit that applies.")
    percent_most = fields.Float(
        "At Most (%)", default=25.0, aggregator=None, help="By no more of the limit that applies. 0: however far."
    )
    act_ids = fields.One2many("credit.score.act", "rule_id", "What Followed", readonly=True)

    _not_negative = models.Constraint(
        "CHECK (points >= 0 AND days_within >= 0 AND days_due >= 0 AND percent_coverage BETWEEN 0 AND 100 "
        "AND percent BETWEEN 0 AND 100 AND percent_most BETWEEN 0 AND 100)",
        "Points and days are 0 or more, percentages from 0 to 100.",
    )
    _classes_positive = models.Constraint("CHECK (classes > 0)", "A class changes by at least one.")

    @api.model
    def _get_factor_labels(self):
        return self.env["credit.scorecard.factor"]._get_factor_labels()

    @api.constrains("when", "action", "factor", "kind_id", "recipient", "user_id", "points")
    def _check_is_whole(self):
        for rule in self:
            wrong = next(rule._get_defects(), "")
            if wrong:
                raise ValidationError(wrong)

    def _get_defects(self):
        """Yield in words what is wrong with the rule."""
        if self.when in (engine.CLASS_UP, engine.COVERAGE) and self.action not in HARMLESS:
            yield self.env._(
                "%(rule)s: limits are not lowered and accounts are not stopped because a class rises or because less "
                "is known. Open a review, or tell somebody.", rule=self.name,
            )
        if self.when == engine.FALL and self.points <= 0:
            yield self.env._("%(rule)s: say by how many points the score falls at least.", rule=self.name)
        if self.when == engine.WORST and not self.factor:
            yield self.env._("%(rule)s: say which factor gets into its worst range.", rule=self.name)
        if self.action == "review" and not self.kind_id:
            yield self.env._("%(rule)s: say which kind of review is opened.", rule=self.name)
        if self.action == "hold" and self.recipient == "salesperson":
            yield self.env._("%(rule)s: a salesperson does not decide on the own customer.", rule=self.name)
        if self.recipient == "person" and self.action in ("alert", "hold") and not self.user_id:
            yield self.env._("%(rule)s: say which person.", rule=self.name)

    def _make_engine_rule(self):
        """Return the engine's rule."""
        least = {engine.FALL: self.points, engine.BELOW: self.points, engine.COVERAGE: self.percent_coverage}
        return engine.Rule(self.when, least.get(self.when, self.classes), self.factor or "")

    def action_open_acts(self):
        """Open what followed by this rule."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_score_act")
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}}

    # -- what of it loosens --------------------------------------------------------------------------

    @api.model
    def _credit_get_loosening(self):
        """Override: by a rule that is gone, or is for less, nothing is looked at and nothing is lowered."""
        names = ("company_id", "when", "points", "days_within", "factor", "action", "kind_id", "basis", "percent",
                 "percent_most", "percent_coverage", "recipient", "user_id")
        measures = {**dict.fromkeys(names, any_change), "active": switched(False)}
        return {**super()._credit_get_loosening(), **named({**measures, "classes": higher, "days_due": higher})}

    def _credit_measure_gone(self):
        return ANY

    def _credit_is_effective(self, changes):
        """An archived rule does nothing."""
        return self.active or any(change[0] == "active" for change in changes)
