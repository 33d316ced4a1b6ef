"""Runs (催收批次): the notices of a day, prepared, looked at, sent in the background; and who was left out."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

# {state: from which states it is reached}
REACHED_FROM = {
    "preparing": ("draft",),
    "ready": ("preparing",),
    "sending": ("ready", "stopped"),
    "stopped": ("sending",),
    "done": ("sending",),
    "undone": ("done", "stopped"),
    "cancelled": ("draft", "preparing", "ready"),
}
OPEN = ("draft", "preparing", "ready", "sending", "stopped")
CRON = "credit_management.cron_dunning"


class CreditDunningRun(models.Model):
    _name = "credit.dunning.run"
    _description = "Dunning Run"
    _inherit = ["mail.thread", "mail.activity.mixin", "credit.stepped"]
    _order = "date desc, id desc"
    _mail_post_access = "read"

    _credit_reached_from = REACHED_FROM

    name = fields.Char("Number", required=True, readonly=True, default="/", copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, help="Whose customers are written to."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, readonly=True, help="The day of the company whose notices it has.")
    state = fields.Selection(
        [("draft", "Asked for"), ("preparing", "Being prepared"), ("ready", "Ready"), ("sending", "Being sent"),
         ("stopped", "Stopped"), ("done", "Done"), ("undone", "Undone"), ("cancelled", "Cancelled")],
        "Status", required=True, readonly=True, default="draft", tracking=True,
        help="Ready: nothing is sent before a person says so, or the company lets runs be sent by themselves.",
    )
    is_sent_by_itself = fields.Boolean(
        "Sent by Itself", readonly=True, help="It is sent as soon as it is prepared, within the working hours."
    )
    test_email = fields.Char(
        "Test Address", readonly=True, help="Its notices go to this address, and nothing of them counts."
    )
    user_id = fields.Many2one("res.users", "Started By", readonly=True, help="Empty: it started by itself.")
    reason = fields.Char("Why Undone", readonly=True, copy=False, tracking=True)
    notice_ids = fields.One2many("credit.notice", "run_id", "Notices", readonly=True)
    note = fields.Char(
        "Why Stopped", readonly=True, copy=False, help="What went wrong, so that the run stopped or did not start."
    )
    omission_ids = fields.One2many("credit.dunning.omission", "run_id", "All Left Out", readonly=True)
    left_out_ids = fields.One2many(
        "credit.dunning.omission", "run_id", "Left Out", domain=[("is_waiting", "=", False)], readonly=True
    )

    _open_once = models.UniqueIndex(
        "(company_id) WHERE state IN ('draft', 'preparing', 'ready', 'sending', 'stopped')",
        "The company has a run that is not done: send it, or cancel it.",
    )

    # -- who may -----------------------------------------------------------------------------------

    def _check_may_run(self):
        """Refuse to who neither controls credit nor does the accounts, and what is of another company.

        :raise AccessError: naming who may
        """
        self.check_access("write")
        groups = ("credit_management.group_credit_controller", "account.group_account_invoice")
        if not self.env.su and not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("Only credit controllers and accountants prepare, send or undo dunning runs.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a run is started by its button or by the job.

        :raise AccessError: for everybody else
        """
        self._check_by_step()
        return super().create(vals_list)

    def write(self, vals):
        """Override: what a run did is written by its steps only.

        :raise AccessError: for everybody else
        """
        if {name for name in vals if not name.startswith(("message_", "activity_"))}:
            self._check_by_step()
        result = super().write(vals)
        if vals.get("state") == "undone":
            self._set_undone()
        return result

    def _check_by_step(self):
        if not self.env.su:
            raise AccessError(self.env._("A dunning run is not changed by hand: use its buttons."))

    # -- buttons: a click changes a word, and triggers the job that does the work ----------------------

    def action_start(self):
        """Ask for a run of today in the company in use, or open the one that is not done; the job prepares it.

        :raise AccessError: without the rights to run
        :raise UserError: where no plan could send anything, naming what is wrong with it
        """
        self._check_may_run()
        company = self.env.company._credit_company()
        run = self._find_open(company) or self._start(company, self.env.user)
        self._trigger_job()
        return {
            "type": "ir.actions.act_window", "res_model": self._name, "res_id": run.id, "views": [(False, "form")],
        }

    @api.model
    def _find_open(self, company):
        return self.search([("company_id", "=", company.id), ("state", "in", OPEN)], limit=1)

    @api.model
    def _start(self, company, user=None, **values):
        """Return a new run of today, which is not prepared yet."""
        self._check_plans(company)
        # whoever starts it was checked, or it is the job
        Run = self.sudo()
        Run.flush_model(["state"])  # an index says that one is open, and that of before is closed maybe
        number = self.env["ir.sequence"].sudo().with_company(company).next_by_code(self._name)  # see above
        return Run.create(
            {
                "name": number or "/", "company_id": company.id, "date": company._credit_today(),
                "user_id": user and user.id, "test_email": company.credit_dunning_test_email, **values,
            }
        ).with_env(self.env)

    @api.model
    def _check_plans(self, company):
        """Refuse to begin where no plan is in use, or one that is could not be sent.

        :raise UserError: naming the plan and what is wrong with it
        """
        plans = self._find_plans(company)
        if not plans:
            raise UserError(
                self.env._(
                    "Nobody would be written to: no customer of %(company)s has a dunning plan. Choose one in the "
                    "settings, on a policy, or on a credit file.", company=company.name,
                )
            )
        defects = [text for plan in plans.with_company(company) for text in plan._get_defects()]
        if defects:
            raise UserError(self.env._("Nothing was prepared. %(defects)s", defects=" ".join(defects)))

    @api.model
    def _find_plans(self, company):
        """Return the plans that customers of a company have."""
        own = ("company_id", "in", (False, company.id))
        # whoever starts a run need not see policies
        policies = self.env["credit.policy"].sudo().search(
            [own, ("state", "=", "on"), ("dunning_plan_id", "!=", False)]
        )
        # nor all credit files
        files = self.env["credit.profile"].sudo()._read_group(
            [("company_id", "=", company.id), ("dunning_plan_id", "!=", False)], ["dunning_plan_id"]
        )
        # nor the settings of the company
        plans = company.sudo().credit_dunning_plan_id | policies.dunning_plan_id
        return plans.union(*(plan for [plan] in files)).filtered("active")

    def action_send(self):
        """Let the job send what is prepared, or go on with it.

        :raise AccessError: without the rights to run
        :raise UserError: of a run that cannot be sent any more
        """
        self._check_may_run()
        for run in self:
            run._check_is_of_today()
            run._update_state("sending", note=False)
        self._trigger_job()
        return True

    def _check_is_of_today(self):
        """Everything is decided again when it is sent, but who was added since would wait: a new run has them."""
        today = self.company_id._credit_today()
        if self.state == "ready" and self.date != today:
            raise UserError(
                self.env._(
                    "%(run)s was prepared on %(date)s. Cancel it, and prepare one of today: who has become late since "
                    "is not in it.", run=self.name, date=format_date(self.env, self.date),
                )
            )

    def action_stop(self):
        """Stop after the customer who is being written to; what was not sent stays prepared.

        :raise AccessError: without the rights to run
        """
        self._check_may_run()
        for run in self:
            run._update_state("stopped")
        return True

    def action_cancel(self):
        """Throw away what was prepared: nothing of it was sent.

        :raise AccessError: without the rights to run
        """
        self._check_may_run()
        for run in self:
            run._update_state("cancelled")
            run._drop_drafts()
        return True

    def _drop_drafts(self):
        # drafts were never said to anybody
        self.sudo().notice_ids.filtered(lambda notice: notice.state in ("draft", "cancelled")).unlink()

    @api.model
    def _trigger_job(self):
        self.env.ref(CRON)._trigger()


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    plan_id = fields.Many2one("credit.dunning.plan", readonly=True, ondelete="restrict")
    level_id = fields.Many2one(
        "credit.dunning.level", "Level of the Plan", readonly=True, ondelete="set null",
        help="Its channels, texts and fee. Empty: it was deleted from its plan since.",
    )
    run_id = fields.Many2one("credit.dunning.run", readonly=True, index=True, ondelete="restrict")
    amount_prepared = fields.Monetary(
        "Prepared", readonly=True, help="What it asked for when the run was prepared; it is worked out again when sent."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        """Override: what was taken out of a run that is thrown away was never said either."""
        said = self.filtered(lambda notice: notice.state != "cancelled" or notice.run_id.state != "cancelled")
        return super(CreditNotice, said)._unlink_except_draft()

    def action_take_out(self):
        """Take notices out of their run before it is sent: their customers are written to by the next one.

        :raise AccessError: without the rights to run
        """
        self.check_access("write")
        self.run_id._check_may_run()
        self._update_state("cancelled", reason=self.env._("Taken out by %(user)s", user=self.env.user.name))
        return True
