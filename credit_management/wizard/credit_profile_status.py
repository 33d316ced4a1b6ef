"""Change the status of accounts, one or many, with its reason; a stop opens the emergency plan."""

from odoo import api, fields, models
from odoo.tools import format_date


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

    plan_steps = fields.Text(
        "Its Steps", compute="_compute_plan_steps", help="What is opened, for when, and with whom."
    )

    @api.depends("plan_id", "profile_ids")
    def _compute_plan_steps(self):
        for wizard in self:
            wizard.plan_steps = "\n".join(map(wizard._describe_step, wizard.plan_id.template_ids))

    def _describe_step(self, step):
        """Return when a step is due, what is to be done, and by whom."""
        owners = self.env["res.users"].union(*(profile._get_step_owner(step) for profile in self.profile_ids))
        today = (self.profile_ids[:1].company_id or self.env.company)._credit_today()
        return self.env._(
            "%(date)s: %(step)s (%(owners)s)",
            date=format_date(self.env, step._get_date_deadline(today)),
            step=self.env["credit.profile"]._get_step_text(step) or step.activity_type_id.name,
            owners=", ".join(owners.mapped("name")) or self.env._("nobody yet"),
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
        self.profile_ids._set_account_status(self.account_status, self.note, self.plan_id, self.reason_id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
