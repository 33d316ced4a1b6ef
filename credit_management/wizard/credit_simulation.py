"""Simulate a scorecard: change weights, edges, methods of limits, and see what would follow before it is saved."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ..models.simulation.simulated import Methods
from .credit_scorecard_look_back import DAYS_BACK, DAYS_BAD

# what the result was found by: when it is changed, the result is of the past
ASKED = {
    "card_id", "company_id", "coverage_min", "limits_become", "methods", "combined", "percent_cap", "amount_step",
    "factor_ids", "class_ids", "method_ids",
}


class CreditSimulation(models.TransientModel):
    _name = "credit.simulation"
    _description = "Simulation of a Scorecard"

    card_id = fields.Many2one(
        "credit.scorecard", "Scorecard", required=True, ondelete="cascade",
        help="Whose weights and ratings are changed here. The card itself stays as it is.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company._credit_company(),
        domain=lambda self: [("id", "in", self.env.companies._credit_company().ids)],
        help="Whose customers, limits and documents are looked at.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    coverage_min = fields.Float(
        "Minimum Coverage (%)", help="Who has data for less of the weight keeps the rating of today."
    )
    factor_ids = fields.One2many("credit.simulation.factor", "simulation_id", "Weights")
    class_ids = fields.One2many("credit.simulation.class", "simulation_id", "Rating by Score")
    limits_become = fields.Selection(
        [("granted", "As granted; a limit of the rating follows the rating"), ("proposed", "What the methods propose")],
        "Limits Become", required=True, default="granted",
        help="Under which limits customers would be over, and documents held. Who gets no proposal keeps the limit.",
    )
    methods = fields.Selection(
        [("set_up", "As set up"), ("chosen", "Those below")], "Methods of Limits", required=True, default="set_up",
        help="As set up: bases of limits, else the settings of the company.",
    )
    combined = fields.Selection(
        lambda self: self.env["credit.limit.basis"]._fields["combined"]._description_selection(self.env),
        "Methods Are Combined By", required=True,
        default=lambda self: self.env.company._credit_company().credit_combined,
        help="By weights: the mean in which each method counts by its weight. Then caps bind, then it is rounded.",
    )
    method_ids = fields.One2many("credit.simulation.method", "simulation_id", "Methods That Count")
    percent_cap = fields.Float(
        "Own Cap (%)", default=lambda self: self.env.company._credit_company().credit_percent_cap,
        help="No customer is proposed more than this share of what we sold to all in the last 12 months. 0: no cap.",
    )
    amount_step = fields.Monetary(
        "Rounded Down To", default=lambda self: self.env.company._credit_company().credit_amount_step,
        help="A proposal is rounded down to a multiple of this. 0: it is not rounded.",
    )
    reason = fields.Text(help="Why the card should be so. A second person reads it where one has to apply it.")
    figures = fields.Json(readonly=True, help="Technical: what was found.")
    line_ids = fields.One2many("credit.simulation.line", "simulation_id", "Customers Who Move", readonly=True)
    document_ids = fields.One2many("credit.simulation.document", "simulation_id", "Documents", readonly=True)

    _not_negative = models.Constraint(
        "CHECK (percent_cap >= 0 AND amount_step >= 0)",
        "Percentages and the step of limit proposals are 0 or more.",
    )
    _coverage_min_is_percent = models.Constraint(
        "CHECK (coverage_min >= 0 AND coverage_min <= 100)", "The minimum coverage is a percentage from 0 to 100."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override: it begins with what the card says."""
        simulations = super().create(vals_list)
        for simulation, vals in zip(simulations, vals_list, strict=True):
            if "factor_ids" not in vals:
                simulation._take_card()
        return simulations

    def write(self, vals):
        """Override: what was found by other weights is forgotten."""
        result = super().write(vals)
        if ASKED & vals.keys():
            self._forget()
        return result

    def _take_card(self):
        """Begin with what the card says."""
        for simulation in self:
            simulation.write(simulation._prepare_card())

    @api.onchange("card_id")
    def _onchange_card(self):
        self.update(self._prepare_card())

    def _prepare_card(self):
        """Return what the card says, as values of this page."""
        card = self.card_id
        card.check_access("read")
        return {
            "coverage_min": card.coverage_min,
            "factor_ids": [Command.clear(), *(
                Command.create({"factor_id": factor.id, "weight": factor.weight}) for factor in card.factor_ids)],
            "class_ids": [Command.clear(), *(
                Command.create({"class_id": line.id, "rating_id": line.rating_id.id, "score_from": line.score_from})
                for line in card.class_ids)],
        }

    def _forget(self):
        """Forget what was found."""
        if any(simulation.figures for simulation in self):
            self.write({"figures": False, "line_ids": [Command.clear()], "document_ids": [Command.clear()]})

    @api.depends("card_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for simulation in self:
            simulation.display_name = self.env._("Simulation: %(card)s", card=simulation.card_id.name)

    @api.onchange("methods")
    def _onchange_chosen(self):
        """Who chooses methods wants to see what their limits do."""
        if self.methods == "chosen":
            self.limits_become = "proposed"

    # -- what is asked -----------------------------------------------------------------------------------------------

    def _get_changes(self):
        """Return what differs from the card, as values of its form."""
        changes = {
            "factor_ids": [Command.update(line.factor_id.id, {"weight": line.weight})
                           for line in self.factor_ids if line.weight != line.factor_id.weight],
            "class_ids": [*(Command.delete(gone.id) for gone in self.card_id.class_ids - self.class_ids.class_id),
                          *filter(None, (line._get_command() for line in self.class_ids))],
        }
        if self.coverage_min != self.card_id.coverage_min:
            changes["coverage_min"] = self.coverage_min
        return {name: value for name, value in changes.items() if value or name == "coverage_min"}

    def _get_methods(self):
        """Return the methods that propose limits, None where those that are set up do.

        :raise ValidationError: where none is chosen, or all weigh nothing
        """
        if self.methods == "set_up":
            return None
        basis = self.env["credit.limit.basis"].new({
            "name": self.env._("Simulation"), "combined": self.combined,
            "line_ids": [Command.create({"method": line.method, "weight": line.weight}) for line in self.method_ids],
        })
        basis._check_lines()
        return Methods(basis, self.percent_cap, self.amount_step)

    def _check_may_simulate(self):
        """Refuse companies that somebody does not work in, and cards of others.

        :raise AccessError: for who may not read the card, or financial statements: methods read them
        :raise ValidationError: naming what to choose
        """
        self.ensure_one()
        self.card_id.check_access("read")
        self.env["credit.profile"]._check_proposal_access()
        company, card = self.company_id, self.card_id
        if company not in self.env.companies._credit_company() or not company.has_access("read"):
            raise ValidationError(self.env._(
                "You simulate the companies that you work in. Choose the other one at the top of the screen first."))
        if card.company_id and card.company_id._credit_company() != company:
            raise ValidationError(self.env._(
                "%(card)s scores customers of %(company)s: choose that company.", card=card.name,
                company=card.company_id.name))
        if (self.factor_ids.factor_id.card_id | self.class_ids.class_id.card_id) - card:
            raise ValidationError(self.env._("These weights are of another card: begin again."))

    # -- what people press -------------------------------------------------------------------------------------------

    def action_compare(self):
        """Find what would follow: see `credit.scorecard._simulate`. Nothing but this page is written.

        :raise ValidationError: for a card or methods that would not be possible
        """
        self._check_may_simulate()
        found = self.card_id._simulate(
            self.company_id, self._get_changes(), self._get_methods(), self.limits_become == "proposed"
        )
        self._forget()
        self.write(self._prepare_found(found))

    def action_look_back(self):
        """Look back with the card as saved and with the changes: which of both would have told better who paid late?

        :raise ValidationError: for a card that would not be possible
        """
        self._check_may_simulate()
        day = self.company_id._credit_today() - timedelta(days=DAYS_BACK)
        found = self.card_id._foretell(self.company_id, self._get_changes(), day, DAYS_BAD)
        if not self.figures:
            self.action_compare()
        self.figures = {**self.figures, "foretold": {
            "day": fields.Date.to_string(day), "days": DAYS_BAD,
            **{side: {"gini": one.gini, "good": one.good, "bad": one.bad} for side, one in found.items()},
        }}

    def action_begin_again(self):
        """Take back everything: the card as it is saved."""
        self.ensure_one()
        self._take_card()

    def action_keep(self):
        """Write weights and ratings to the card; what loosens waits for a second person, as by any edit.

        :raise AccessError: for who may not write scorecards
        """
        self._check_may_simulate()
        return self.card_id._keep_and_tell(self._get_changes(), self.reason)

    def action_open_lines(self):
        """Open the customers who move as a list, in which one searches."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_simulation_line")
        return {**action, "domain": [("simulation_id", "=", self.id)]}
