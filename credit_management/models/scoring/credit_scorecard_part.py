"""Parts of a scorecard: where a score changes ratings by itself, each of them decides with the card."""

from contextlib import contextmanager

from odoo import models

from ..change.measures import ANY

# key of the cards whose parts are being written one after the other, on the cursor: a context could be sent by a client
BEING_WRITTEN = "credit_management.scorecards"


@contextmanager
def written_whole(cards):
    """Check cards when all of their parts are written: between one part and the next a moved edge is a gap.

    :raise ValidationError: at the end, for what is wrong with a card then
    """
    writing = cards.env.cr.cache.setdefault(BEING_WRITTEN, set())
    outermost = cards.filtered(lambda card: card.id not in writing)
    writing.update(outermost.ids)
    try:
        yield
        cards.env.flush_all()
    finally:
        writing.difference_update(outermost.ids)
    outermost._check_whole()


def are_written(cards):
    """Return those cards of which other parts are still to be written."""
    return cards.filtered(lambda card: card.id in cards.env.cr.cache.get(BEING_WRITTEN, ()))


def act_in(companies):
    """Tell whether scores change ratings by themselves in one of these companies."""
    return any(company.credit_score_change != "none" for company in companies.sudo())  # whoever may see them


def acts(cards):
    """Tell whether scores of these cards change ratings by themselves, in some company."""
    return act_in(cards.sudo()._credit_get_companies())  # as above


class CreditScorecardPart(models.AbstractModel):
    _name = "credit.scorecard.part"
    _description = "Part of a Scorecard"
    _inherit = ["credit.control"]

    def _get_card(self):
        """Return the card that this is a part of."""
        return self.card_id

    def _credit_get_companies(self):
        return self._get_card()._credit_get_companies()

    def _credit_is_effective(self, changes):
        """An archived card scores nobody."""
        return self._get_card().active and acts(self._get_card())

    def _credit_measure_new(self):
        return ANY

    def _credit_measure_gone(self):
        return ANY
