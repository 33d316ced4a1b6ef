"""What has to be there before a customer is assessed: a checklist for each kind of review."""

import math

from odoo import api, fields, models

from ..change.measures import ANY, TIGHTER, any_change, named, switched

SOURCES = [
    ("file", "A file"),
    ("financials", "Financial statements"),
    ("outside", "An outside rating"),
    ("visit", "A visit or interview"),
    ("tick", "Looked at, and ticked"),
]


class CreditReviewKind(models.Model):
    _name = "credit.review.kind"
    _description = "Kind of Review"
    _inherit = ["credit.control"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="For instance 'New customer' or 'Regular review'.")
    sequence = fields.Integer(default=10, help="The first one is proposed.")
    active = fields.Boolean(default=True, help="Archived kinds can no longer be chosen.")
    is_regular = fields.Boolean(
        "Regular", help="The reviews that the calendar opens are of the first kind that is marked so."
    )
    item_ids = fields.One2many("credit.review.kind.item", "kind_id", "Checklist", copy=True)

    @api.model
    def _credit_get_loosening(self):
        """Override: another kind of regular review asks for other evidence; without one, no review is opened."""
        measures = named(dict.fromkeys(("is_regular", "active", "sequence"), any_change))
        return {**super()._credit_get_loosening(), **measures}

    def _credit_is_effective(self, changes):
        """An archived kind can no longer be chosen."""
        return self.active or any(change[0] == "active" for change in changes)

    def _credit_measure_new(self):
        """One more kind can be chosen, which may ask for less."""
        return ANY

    def _credit_measure_gone(self):
        return ANY if self.is_regular else TIGHTER


class CreditReviewKindItem(models.Model):
    _name = "credit.review.kind.item"
    _description = "Evidence That a Kind of Review Asks For"
    _inherit = ["credit.control"]
    _order = "sequence, id"

    kind_id = fields.Many2one("credit.review.kind", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10, help="Order in the checklist.")
    name = fields.Char(required=True, translate=True, help="What has to be there: 'Business license'.")
    source = fields.Selection(
        SOURCES, "Found In", required=True, default="file",
        help="A file is attached to the assessment; the others are found in the credit file.",
    )
    is_required = fields.Boolean(
        "Required", default=True, help="An assessment without it cannot be submitted. Off: it is named as missing."
    )
    months_valid = fields.Integer(
        "Not Older Than (months)", default=12, aggregator=None,
        help="Of what is found in the credit file: how old it may be at most. 0: any age.",
    )

    _months_valid_not_negative = models.Constraint(
        "CHECK (months_valid >= 0)", "An age is 0 or more months. Enter 0 for any age."
    )

    @api.model
    def _credit_get_loosening(self):
        """Override: evidence that is required of nobody any more, may be older, or is another one."""
        measures = {"is_required": switched(False), "months_valid": _older,
                    **dict.fromkeys(("kind_id", "source", "name"), any_change)}
        return {**super()._credit_get_loosening(), **named(measures)}

    def _credit_is_effective(self, changes):
        """What is only named as missing holds nothing."""
        return self.kind_id.active and (self.is_required or any(change[0] == "is_required" for change in changes))

    def _credit_measure_gone(self):
        return ANY if self.is_required else TIGHTER


def _older(name):
    """Return the measure of an age: older evidence loosens, and 0 is any age."""
    return lambda before, after: ANY if (after[name] or math.inf) > (before[name] or math.inf) else TIGHTER
