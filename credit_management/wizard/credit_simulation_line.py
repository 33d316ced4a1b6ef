"""What a simulation is asked by, and the customers and documents that it found."""

from odoo import api, fields, models
from odoo.fields import Command


class CreditSimulationFactor(models.TransientModel):
    _name = "credit.simulation.factor"
    _description = "Weight in a Simulation"
    _order = "simulation_id, sequence, id"

    simulation_id = fields.Many2one("credit.simulation", required=True, ondelete="cascade", index=True)
    factor_id = fields.Many2one(
        "credit.scorecard.factor", "Score Factor", required=True, readonly=True, ondelete="cascade",
        help="A factor of the card; its ranges and words are as saved.",
    )
    sequence = fields.Integer(related="factor_id.sequence", store=True)
    weight_saved = fields.Float("Weight as Saved", related="factor_id.weight")
    weight = fields.Float("Weight", aggregator=None, help="How much it counts beside the others. 0: it is shown.")

    _weight_not_negative = models.Constraint("CHECK (weight >= 0)", "A factor weighs 0 or more.")


class CreditSimulationClass(models.TransientModel):
    _name = "credit.simulation.class"
    _description = "Rating in a Simulation"
    _order = "simulation_id, score_from desc, id"

    simulation_id = fields.Many2one("credit.simulation", required=True, ondelete="cascade", index=True)
    class_id = fields.Many2one("credit.scorecard.class", "Rating as Saved", readonly=True, ondelete="cascade")
    rating_id = fields.Many2one("credit.rating", "Rating", required=True, ondelete="cascade")
    score_saved = fields.Float("From Score as Saved", related="class_id.score_from", digits=(5, 2))
    score_from = fields.Float(
        "From Score", digits=(5, 2), aggregator=None, help="The rating is proposed **at or above** this score."
    )

    _once = models.UniqueIndex("(simulation_id, rating_id)", "Each rating is proposed from one score on.")
    _in_range = models.Constraint("CHECK (score_from >= 0 AND score_from <= 100)", "A score is from 0 to 100.")

    def _get_command(self):
        """Return what this line changes of the card, None for nothing."""
        saved, values = self.class_id, {"rating_id": self.rating_id.id, "score_from": self.score_from}
        if not saved:
            return Command.create(values)
        before = {"rating_id": saved.rating_id.id, "score_from": saved.score_from}
        changed = {name: value for name, value in values.items() if value != before[name]}
        return Command.update(saved.id, changed) if changed else None


class CreditSimulationMethod(models.TransientModel):
    _name = "credit.simulation.method"
    _description = "Method in a Simulation"
    _order = "simulation_id, id"
    _rec_name = "method"

    simulation_id = fields.Many2one("credit.simulation", required=True, ondelete="cascade", index=True)
    method = fields.Selection(
        lambda self: self.env["credit.limit.basis.line"]._get_methods(), required=True, help="What proposes a limit."
    )
    weight = fields.Float(
        default=1.0, aggregator=None, help="How much it counts where methods are combined by weights."
    )

    _once = models.UniqueIndex("(simulation_id, method)", "Each method counts once.")
    _weight_not_negative = models.Constraint("CHECK (weight >= 0)", "A weight is 0 or more.")


class CreditSimulationLine(models.TransientModel):
    _name = "credit.simulation.line"
    _description = "Customer in a Simulation"
    _order = "simulation_id, is_moved desc, amount_exposure desc, id"
    _rec_name = "profile_id"

    simulation_id = fields.Many2one("credit.simulation", required=True, ondelete="cascade", index=True)
    currency_id = fields.Many2one(related="simulation_id.currency_id")
    profile_id = fields.Many2one("credit.profile", "Customer", readonly=True, ondelete="cascade")
    is_moved = fields.Boolean(
        "By the Changes", readonly=True, help="On: the changes on the page move it. Off: the card as saved does, too."
    )
    direction = fields.Selection(
        [("better", "Better"), ("same", "Same"), ("worse", "Worse")], readonly=True,
        help="The rating of the simulation beside that of the card as saved.",
    )
    rating_id = fields.Many2one("credit.rating", "Rating Today", readonly=True, ondelete="cascade")
    rating_saved_id = fields.Many2one("credit.rating", "By the Card", readonly=True, ondelete="cascade")
    rating_trial_id = fields.Many2one("credit.rating", "Simulated", readonly=True, ondelete="cascade")
    score_text = fields.Char("Score", readonly=True, help="By the card as saved, and in the simulation.")
    limit_text = fields.Char(
        "Limit", readonly=True, help="Today, under the card as saved, and in the simulation; in company currency."
    )
    proposed_text = fields.Char(
        "Proposed", readonly=True, help="What the methods propose under the card as saved, and in the simulation."
    )
    amount_change = fields.Monetary(
        "Change of the Limit", readonly=True, help="Of the simulation beside the card as saved."
    )
    amount_exposure = fields.Monetary("Exposure", readonly=True, help="What the customer owes or will owe today.")
    amount_over = fields.Monetary(
        "Over By", readonly=True, help="By how much the exposure is above the limit of the simulation."
    )
    held_count = fields.Integer(
        "Documents Held", readonly=True, help="Documents of the customer that would be held in the simulation."
    )

    def action_open_file(self):
        """Open the credit file of the customer."""
        self.ensure_one()
        return _open(self.profile_id)


class CreditSimulationDocument(models.TransientModel):
    _name = "credit.simulation.document"
    _description = "Document in a Simulation"
    _order = "simulation_id, is_moved desc, amount desc, id"

    simulation_id = fields.Many2one("credit.simulation", required=True, ondelete="cascade", index=True)
    currency_id = fields.Many2one(related="simulation_id.currency_id")
    profile_id = fields.Many2one("credit.profile", "Customer", readonly=True, ondelete="cascade")
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    name = fields.Char("Document", readonly=True)
    amount = fields.Monetary(readonly=True, help="In company currency, tax included.")
    is_moved = fields.Boolean(
        "By the Changes", readonly=True, help="On: the changes on the page hold it, or free it."
    )
    verdict = fields.Selection("_get_verdicts", "Today", readonly=True, help="What is decided today.")
    verdict_saved = fields.Selection("_get_verdicts", "By the Card", readonly=True, help="Under the card as saved.")
    verdict_trial = fields.Selection("_get_verdicts", "Simulated", readonly=True, help="With the changes.")
    reasons = fields.Text(readonly=True, help="Why it would be held in the simulation.")

    @api.model
    def _get_verdicts(self):
        return self.env["credit.log"]._get_verdicts()

    def action_open_document(self):
        """Open the document, with the rights of who asks."""
        self.ensure_one()
        return _open(self.env[self.res_model].browse(self.res_id))


def _open(record):
    return {
        "type": "ir.actions.act_window", "res_model": record._name, "res_id": record.id, "views": [(False, "form")],
    }
