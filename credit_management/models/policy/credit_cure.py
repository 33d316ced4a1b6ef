"""What frees a document that does not pass, in words: one sum where one payment does it."""

from odoo import api, models
from odoo.tools.translate import LazyTranslate

from .credit_criterion import PAY_WHAT_IS_LATE

_lt = LazyTranslate(__name__)

# one payment does for all of these: of what is overdue first, which is over the limit, too
PAYMENTS = ("over_own", "over_group", "late")
PAY_ALL = _lt("A payment of %(payment)s, of what is overdue first (%(late)s).")
PAY_OVER = _lt("A payment of %(payment)s, or higher limits for the customer and its group.")
# where a part of what is overdue may stay
OF_MORE_DAYS = (
    (PAY_WHAT_IS_LATE["cure"], _lt("Payment of what is overdue for more than %(late_days)s days: %(late)s.")),
    (PAY_ALL, _lt("A payment of %(payment)s, of what is overdue for more than %(late_days)s days first (%(late)s).")),
)


class CreditCriterion(models.AbstractModel):
    _inherit = "credit.criterion"

    @api.model
    def _get_cures(self, names, figures):
        """Return what would let a document go on that does not pass.

        :param names: the criteria that it hit
        :param figures: the figures of its panel, with ``…_text`` beside each as it is written
        :rtype: list of str, in the order of the criteria, the release last
        """
        texts = {name.removesuffix("_text"): text for name, text in figures.items() if name.endswith("_text")}
        entries = [entry for entry in map(self._get_by_name().get, names) if entry and entry.cure]
        fitting = [entry for entry in entries if not entry.cure_when or figures[entry.cure_when] > 0]
        chosen = [self._get_of_more_days(cure, figures) for cure in self._join_payments(fitting, figures)]
        cures = [cure % {**figures, **texts} for cure in map(self.env._, chosen)]
        return [*dict.fromkeys(cures), self.env._("A release by a credit controller.")]

    @api.model
    def _join_payments(self, entries, figures):
        """Return the cures of criteria; those that a payment cures are one sum, where they are more than one."""
        paid = {entry.cure_when for entry in entries} & {*PAYMENTS}
        if len(paid) < 2:
            is_zero = figures["limit_kind"] == "amount" and not figures["limit"]
            return [(is_zero and entry.cure_zero) or entry.cure for entry in entries]
        joined = PAY_OVER
        if "late" in paid:  # what is paid of it is not over the limit any more
            joined = PAY_ALL if figures["over"] > figures["late"] else PAY_WHAT_IS_LATE["cure"]
        return [joined, *(entry.cure for entry in entries if entry.cure_when not in paid)]

    @api.model
    def _get_of_more_days(self, cure, figures):
        """Return the sentence that says for how long is overdue what is to be paid, where less than all of it is."""
        if not figures["late_days"] or figures["late"] >= figures["overdue"]:
            return cure
        return next((longer for plain, longer in OF_MORE_DAYS if plain is cure), cure)
