"""Release or reject held documents, one or many, with one reason."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CreditHoldRelease(models.TransientModel):
    _name = "credit.hold.release"
    _description = "Release Credit Holds"

    hold_ids = fields.Many2many(
        "credit.hold", required=True, default=lambda self: self.env.context.get("active_ids"), string="Holds"
    )
    hold_count = fields.Integer(compute="_compute_hold_count")
    company_id = fields.Many2one("res.company", compute="_compute_hold_count")
    currency_id = fields.Many2one(related="company_id.currency_id")
    decision = fields.Selection(
        [("release", "Release"), ("reject", "Reject")],
        "Your Decision",
        required=True,
        default="release",
        help="Release lets the documents go on. Reject leaves them where they are and tells the salesperson why.",
    )
    reason_id = fields.Many2one(
        "credit.reason", "Reason", required=True, domain="[('kind', '=', decision)]", help="Kept with the release."
    )
    note = fields.Text(help="What the salesperson and the auditors should know.")
    amount = fields.Monetary(
        "Released Amount",
        compute="_compute_hold_count",
        help="What the documents are released for, in company currency, tax included, with the tolerance.",
    )
    amount_over = fields.Monetary(
        "Over By", compute="_compute_hold_count", help="By how much the limits are exceeded, all documents together."
    )
    partner_id = fields.Many2one("res.partner", "Customer", compute="_compute_hold_count")
    warning = fields.Text(compute="_compute_warning", help="What to look at before these documents are let go.")
    percent_tolerance = fields.Float(
        "Tolerance (%)",
        default=0.0,
        help="By how much the document may still grow before the release no longer covers it.",
    )
    date_until = fields.Date(
        "Valid Until",
        required=True,
        default=lambda self: self.env.company._credit_today() + timedelta(days=14),
        help="Last day of the release. The document must have gone on by then.",
    )
    date_review = fields.Date("Review On", help="When somebody should look at it again.")
    is_resumed = fields.Boolean(
        "Confirm at Once",
        default=True,
        help="On: orders confirm, invoices post and deliveries go on at once. Off: they are only allowed to.",
    )

    @api.depends("hold_ids", "percent_tolerance")
    def _compute_hold_count(self):
        for wizard in self:
            wizard.hold_count = len(wizard.hold_ids)
            wizard.company_id = wizard.hold_ids[:1].company_id
            wizard.partner_id = wizard.hold_ids.partner_id[:1]
            holds = wizard.hold_ids._origin
            amounts = holds._get_amounts(wizard.percent_tolerance)
            wizard.amount = sum(amounts.values())
            # the last hold of a customer is measured on top of all others
            most = holds._get_most_over(amounts, is_together=True)
            wizard.amount_over = sum({hold.profile_id: over for hold, over in most.items()}.values())

    @api.depends("hold_ids", "decision")
    @api.depends_context("uid", "lang")
    def _compute_warning(self):
        for wizard in self:
            holds = wizard.hold_ids._origin if wizard.decision == "release" else wizard.hold_ids.browse()
            wizard.warning = "\n".join(filter(None, [holds._get_status_warning(), holds._get_authority_warning()]))

    @api.constrains("date_until", "date_review", "percent_tolerance")
    def _check_values(self):
        for wizard in self:
            today = (wizard.company_id or self.env.company)._credit_today()
            if wizard.date_until < today:
                raise ValidationError(self.env._("A release cannot end before it starts: choose today or a later day."))
            if wizard.percent_tolerance < 0:
                raise ValidationError(self.env._("The tolerance of a release cannot be negative."))

    def action_apply(self):
        """Release or reject the chosen holds.

        :return: the action that tells how many
        :rtype: dict
        :raise UserError: when a hold is closed already, or the user may not decide on it
        """
        self.ensure_one()
        if self.decision == "reject":
            self.hold_ids._reject(self.reason_id, self.note)
            told = self.env._("%(count)s rejected.", count=len(self.hold_ids))
        else:
            self._release()
            told = self.env._("%(count)s released.", count=len(self.hold_ids))
        return self.hold_ids._get_notification(told)

    def _release(self):
        """Release the holds one by one, each up to its own amount."""
        for hold in self.hold_ids:
            hold._release(
                self.reason_id,
                self.date_until,
                percent_tolerance=self.percent_tolerance,
                note=self.note,
                is_resumed=self.is_resumed,
                date_review=self.date_review,
            )
