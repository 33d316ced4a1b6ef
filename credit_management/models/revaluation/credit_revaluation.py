"""Many limits looked at in one journal: one person prepares it, another one approves its lines."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

METHODS = [
    ("percent", "Change by percent"),
    ("fixed", "Change by amount"),
    ("proposal", "What the methods propose"),
]


class CreditRevaluation(models.Model):
    _name = "credit.revaluation"
    _description = "Revaluation of Limits"
    _inherit = ["mail.thread", "mail.activity.mixin", "credit.explicit"]
    _order = "id desc"

    name = fields.Char(required=True, help="What the journal is called, for instance 'After the balance sheets'.")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company._credit_company(),
        help="Whose customers' limits are looked at.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    method = fields.Selection(
        METHODS, required=True, default="percent", tracking=True,
        help="How the new limits follow. What the methods propose: see 'What the Methods Propose' on a credit file.",
    )
    percent = fields.Float(
        "Percent", digits=(16, 1), tracking=True, help="10 raises each limit by a tenth, -10 lowers it."
    )
    amount = fields.Monetary(
        "Change", tracking=True, help="Added to each limit, in company currency; negative lowers it."
    )
    amount_step = fields.Monetary(
        "Rounded Down To", default=lambda self: self.env.company._credit_company().credit_amount_step,
        help="New limits are rounded down to a multiple of this. 0: they are not rounded.",
    )
    percent_most = fields.Float(
        "At Most (%)", digits=(16, 1),
        help="No limit rises or falls by more than this share of what it is. 0: no bound.",
    )
    rating_ids = fields.Many2many("credit.rating", string="Ratings", help="Empty: customers of all ratings.")
    group_ids = fields.Many2many(
        "credit.group", string="Credit Groups", help="Empty: customers of all groups, and of none."
    )
    country_ids = fields.Many2many("res.country", string="Countries", help="Empty: customers of all countries.")
    amount_from = fields.Monetary("Limits From", help="Only limits of at least this amount, in company currency.")
    amount_to = fields.Monetary("Limits Up To", help="Only limits of at most this amount. 0: whatever they are.")
    is_inherited = fields.Boolean(
        "Also Limits of Ratings",
        help="Customers without a limit of their own get one, on the basis of their rating's.",
    )
    reason = fields.Text(required=True, tracking=True, help="Kept with each change.")
    requester_id = fields.Many2one(
        "res.users", "Prepared By", required=True, readonly=True, default=lambda self: self.env.user,
        help="This person approves none of the lines.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Waiting for approval"), ("done", "Decided")], "Status",
        default="draft", required=True, readonly=True, copy=False, tracking=True,
        help="Decided: each line was approved, rejected, or is no longer what it was.",
    )
    line_ids = fields.One2many("credit.revaluation.line", "revaluation_id", "Lines", readonly=True)
    line_count = fields.Integer("Customers", compute="_compute_counts")
    waiting_count = fields.Integer("Waiting", compute="_compute_counts", help="Lines that nobody has decided on.")
    over_count = fields.Integer(
        "Would Be Over", compute="_compute_counts", help="Customers that owe more than their new limit."
    )
    amount_before = fields.Monetary("Limits Now", compute="_compute_counts", help="All of them, in company currency.")
    amount_after = fields.Monetary("New Limits", compute="_compute_counts", help="All of them, in company currency.")

    @api.depends("line_ids", "line_ids.state", "line_ids.amount_after")
    def _compute_counts(self):
        Line = self.env["credit.revaluation.line"]
        sums = ["__count", "amount_before:sum", "amount_after:sum"]
        domain = [("revaluation_id", "in", self.ids)]
        found = {journal.id: rest for journal, *rest in Line._read_group(domain, ["revaluation_id"], sums)}
        counted = {
            name: dict(Line._read_group([*domain, condition], ["revaluation_id"], ["__count"]))
            for name, condition in (("waiting", ("state", "=", "waiting")), ("over", ("amount_over", ">", 0)))
        }
        for journal in self:
            count, before, after = found.get(journal.id, (0, 0.0, 0.0))
            journal.update({"line_count": count, "amount_before": before, "amount_after": after})
            journal.waiting_count = counted["waiting"].get(journal, 0)
            journal.over_count = counted["over"].get(journal, 0)

    @api.constrains("amount_from", "amount_to", "percent_most", "amount_step")
    def _check_bounds(self):
        for journal in self:
            if min(journal.amount_from, journal.amount_to, journal.percent_most, journal.amount_step) < 0:
                raise ValidationError(self.env._("Amounts and percentages that bound a revaluation are 0 or more."))

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a journal starts as a draft of whoever prepares it."""
        return super().create([{**vals, "state": "draft", "requester_id": self.env.uid} for vals in vals_list])

    def write(self, vals):
        """Override: what was submitted stays as it was, and who changes a draft is an author, too.

        :raise AccessError: when a decision is written
        :raise UserError: when a submitted journal is written
        """
        names = {name for name in vals if not name.startswith(("message_", "activity_"))}
        if names and not self.env.su:
            self._check_may_write(names)
        result = super().write(vals)
        if names - {"state", "name", "reason"} and not self.env.su:
            self.sudo().line_ids.unlink()  # they were found by what is no longer so
        return result

    def _check_may_write(self, names):
        """Refuse to write what was decided or submitted; remember who has written a draft of somebody else."""
        if any(name in self._fields and self._fields[name].readonly for name in names):
            raise AccessError(self.env._("Use the buttons of the revaluation: its decisions cannot be written."))
        self._check_state("draft", self.env._("This revaluation was submitted and cannot be changed. Make a new one."))
        self._note_author()

    def _note_author(self):
        """Whoever works on somebody's draft approves none of its lines."""
        others = self.filtered(lambda journal: journal.requester_id != self.env.user)
        if others:
            self.env["credit.owner"]._note(self._name, {(journal.id, self.env.uid) for journal in others})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(journal.state != "draft" for journal in self):
            raise UserError(
                self.env._("A submitted revaluation is part of the history of limits and cannot be deleted.")
            )

    def _check_state(self, state, message):
        if any(journal.state != state for journal in self):
            raise UserError(message)

    def _get_authors(self):
        """Return who has prepared this journal."""
        return self.requester_id | self.env["credit.owner"]._get_former(self)

    # -- what people press -------------------------------------------------------------------------

    def action_find(self):
        """Find the customers, and what their new limits would be; what was found before is forgotten.

        :raise UserError: for a journal that was submitted, or where no limit would change
        """
        self.ensure_one()
        self.check_access("write")
        self._check_state("draft", self.env._("This revaluation was submitted and cannot be changed. Make a new one."))
        self._note_author()
        self.sudo().line_ids.unlink()  # lines are made by the button only
        values = self._find_lines()
        if not values:
            raise UserError(
                self.env._("No limit would change: choose other customers, another method or a smaller step.")
            )
        self.env["credit.revaluation.line"].sudo().create(values)  # as above

    def action_submit(self):
        """Ask for approval; the customers are looked for anew, so that the lines are of today.

        :raise AccessError: for who has not prepared it
        """
        self.ensure_one()
        if self.requester_id != self.env.user:
            raise AccessError(self.env._("Only who prepared a revaluation submits it."))
        self.action_find()
        journal = self.sudo()  # the state is written by the buttons only
        journal.line_ids.write({"state": "waiting"})
        journal.state = "submitted"
        journal._schedule_for_decider()

    def action_open_lines(self):
        """Open the lines as a list, in which some of them are chosen."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_revaluation_line")
        return {**action, "domain": [("revaluation_id", "=", self.id)], "name": self.name}

    def action_approve_all(self):
        """Approve every line that waits: see `credit.revaluation.line.action_approve`."""
        self.ensure_one()
        return self.line_ids.filtered(lambda line: line.state == "waiting").action_approve()

    def action_reject_all(self):
        """Reject every line that waits; the limits stay as they are."""
        self.ensure_one()
        return self.line_ids.filtered(lambda line: line.state == "waiting").action_reject()

    def _schedule_for_decider(self):
        """Give a task to a credit manager of the company who has not prepared it; administrators come last."""
        managers = self.env.ref("credit_management.group_credit_manager").all_user_ids - self._get_authors()
        here = managers.filtered(lambda user: user.active and self.company_id in user.company_ids._credit_company())
        here -= self.env["credit.substitute"]._get_absent(here)
        decider = here.sorted(lambda user: (user.has_group("base.group_system"), user.id))[:1]
        if decider:
            told = self.with_context(lang=decider.lang or self.env.lang)
            summary = told.env._("Decide on %(count)s limits of %(journal)s", count=self.line_count, journal=self.name)
            told.activity_schedule("mail.mail_activity_data_todo", summary=summary, user_id=decider.id)
