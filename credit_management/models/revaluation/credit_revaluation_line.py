"""One limit of a revaluation: what it is, what it would be, who would be over."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class CreditRevaluationLine(models.Model):
    _name = "credit.revaluation.line"
    _description = "Limit in a Revaluation"
    _order = "revaluation_id, amount_over desc, id"
    _rec_name = "profile_id"

    revaluation_id = fields.Many2one("credit.revaluation", required=True, index=True, ondelete="cascade", readonly=True)
    # a customer with a history is archived, not deleted
    profile_id = fields.Many2one(
        "credit.profile", "Customer", required=True, index=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one(related="revaluation_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    rating_id = fields.Many2one("credit.rating", readonly=True, help="As it was when the line was found.")
    limit_currency_id = fields.Many2one(
        "res.currency", readonly=True, help="The currency in which the limit is granted."
    )
    amount_own_before = fields.Monetary(
        "Own Limit Then", currency_field="limit_currency_id", readonly=True, help="In the currency of the limit."
    )
    is_own = fields.Boolean(readonly=True, help="Off: the limit was its rating's.")
    amount_own_after = fields.Monetary(
        "New Own Limit", currency_field="limit_currency_id", readonly=True, help="In the currency of the limit."
    )
    amount_before = fields.Monetary("Limit Now", readonly=True, help="In company currency.")
    amount_after = fields.Monetary("New Limit", readonly=True, help="In company currency.")
    amount_change = fields.Monetary("Change", compute="_compute_change", store=True, help="What is added to the limit.")
    percent_change = fields.Float(
        "Change (%)", compute="_compute_change", store=True, digits=(16, 0), aggregator=None, help="Of the limit now."
    )
    amount_exposure = fields.Monetary(
        "Exposure", readonly=True, help="What the customer owed or will owe when the line was found."
    )
    amount_over = fields.Monetary(
        "Over By", compute="_compute_change", store=True, help="By how much the exposure is above the new limit."
    )
    state = fields.Selection(
        [("draft", "Draft"), ("waiting", "Waiting"), ("approved", "Approved"), ("rejected", "Rejected"),
         ("stale", "Changed meanwhile")],
        "Status", default="draft", required=True, readonly=True,
        help="Changed meanwhile: somebody else has changed the limit since the line was found; it was left alone.",
    )
    approver_id = fields.Many2one("res.users", "Decided By", readonly=True)
    date_decided = fields.Datetime(
        "Decided On", readonly=True, help="When the line was approved, rejected or left alone."
    )
    change_id = fields.Many2one(
        "credit.change", "Kept Change", readonly=True, help="The change of the limit, with its two persons."
    )

    @api.depends("amount_before", "amount_after", "amount_exposure")
    def _compute_change(self):
        for line in self:
            line.amount_change = line.amount_after - line.amount_before
            line.percent_change = 100 * line.amount_change / line.amount_before if line.amount_before else 0.0
            line.amount_over = max(line.amount_exposure - line.amount_after, 0.0)

    @api.model_create_multi
    def create(self, vals_list):
        """Override: lines are found by the journal.

        :raise AccessError: for a person
        """
        self._check_is_system()
        return super().create(vals_list)

    def write(self, vals):
        """Override: see `create`."""
        self._check_is_system()
        return super().write(vals)

    def unlink(self):
        """Override: see `create`."""
        self._check_is_system()
        return super().unlink()

    def _check_is_system(self):
        if not self.env.su:
            raise AccessError(self.env._("Use the buttons of the revaluation: its lines cannot be written."))
