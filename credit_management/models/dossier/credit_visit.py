"""Visits and interviews (客户访谈): what somebody saw and heard at a customer, as a dated note with points."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date


class CreditVisit(models.Model):
    _name = "credit.visit"
    _description = "Visit or Interview"
    _inherit = ["credit.evidence"]
    _order = "date desc, id desc"

    kind = fields.Selection(
        [("visit", "Visit"), ("interview", "Interview"), ("reference", "Reference from the trade or a bank")],
        required=True, default="visit", tracking=True, help="How we came to know it.",
    )
    date = fields.Date(
        required=True, tracking=True, help="The day on which it took place.",
        default=lambda self: self.env.company._credit_today(),
    )
    user_id = fields.Many2one(
        "res.users", "By", required=True, default=lambda self: self.env.user, tracking=True,
        help="Who of us was there.",
    )
    person = fields.Char("Spoke With", help="Whom at the customer, or who gave the reference.")
    note = fields.Text("What Was Seen and Said", required=True, tracking=True, help="In words; opinion and fact apart.")

    _points_in_range = models.Constraint(
        "CHECK (points IS NULL OR points BETWEEN 0 AND 100)", "Points are a number from 0 to 100."
    )

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        super()._compute_display_name()

    def _get_name_parts(self):
        label = dict(self._fields["kind"]._description_selection(self.env)).get(self.kind)
        return [label, self.profile_id.display_name, self.date and format_date(self.env, self.date)]

    def write(self, vals):
        """Override: who only sees credit figures corrects the own notes.

        :raise AccessError: for the note of somebody else
        """
        is_controller = self.env.su or self.env.user.has_group("credit_management.group_credit_controller")
        if not is_controller and any(visit.create_uid != self.env.user for visit in self):
            raise AccessError(self.env._("Only who wrote a visit, or a credit controller, changes it."))
        return super().write(vals)
