"""Change the status of accounts, one or many, with its reason; a stop opens the emergency plan."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class CreditProfileStatus(models.TransientModel):
    _name = "credit.profile.status"
    _description = "Change Account Status"

    profile_ids = fields.Many2many(
        "credit.profile", required=True, default=lambda self: self.env.context.get("active_ids"), string="Customers"
    )
    account_status = fields.Selection(
        [("normal", "Normal"), ("watch", "Watch"), ("stop", "Stop")],
        "New Status",
        required=True,
        default="stop",
        help="Stop puts every new order and invoice of the customer on hold until the status changes again.",
    )
    reason_id = fields.Many2one("credit.reason", "Reason", domain="[('kind', '=', 'status')]", help="Reason code.")
    note = fields.Char(help="What people should know. Shown to salespeople together with the reason.")
    plan_id = fields.Many2one(
        "mail.activity.plan",
        "Emergency Plan",
        domain="[('res_model', '=', 'credit.profile')]",
        compute="_compute_plan_id",
        store=True,
        readonly=False,
        help="Its steps are opened as activities with their owners: stop supply, call, secure goods.",
    )

    @api.depends("account_status")
    def _compute_plan_id(self):
        plan = self.env.ref("credit_management.plan_emergency", raise_if_not_found=False)
        for wizard in self:
            wizard.plan_id = plan if wizard.account_status == "stop" else False

    def action_apply(self):
        """Write the status and open the steps of the emergency plan.

        :raise AccessError: without the rights of a credit controller
        """
        self.ensure_one()
        if not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(
                self.env._("Only credit controllers and credit managers change the status of an account.")
            )
        reason = ": ".join(filter(None, [self.reason_id.name, self.note]))
        self.profile_ids.write({"account_status": self.account_status, "status_reason": reason})
        if self.plan_id:
            self.profile_ids._open_plan(self.plan_id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _open_plan(self, plan):
        """Open the steps of an activity plan on these profiles, each with its owner."""
        today = fields.Date.context_today(self)
        for profile in self:
            for step in plan.template_ids:
                profile.activity_schedule(
                    activity_type_id=step.activity_type_id.id,
                    summary=step.summary,
                    note=step.note,
                    user_id=profile._get_step_owner(step).id,
                    date_deadline=step._get_date_deadline(today),
                )

    def _get_step_owner(self, step):
        """Return who takes a step: its own responsible, else the controller, else whoever opens it."""
        return step.responsible_id or self.controller_id or self.company_id.credit_controller_id or self.env.user
