"""Setting up in four steps: what counts, who is told, which limits, which policy; and what is off or odd."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

SETTINGS = (
    "credit_count_orders",
    "credit_count_drafts",
    "credit_count_unallocated",
    "credit_count_received",
    "credit_count_in_process",
    "credit_count_bills",
    "credit_count_disputed",
    "credit_days_horizon",
    "credit_controller_id",
)


def _setting(field_class, *args, **options):
    """Return a field that starts as the company's setting and is handed to it when it is saved."""
    return field_class(*args, compute="_compute_settings", store=True, readonly=False, **options)


class CreditSetup(models.TransientModel):
    _name = "credit.setup"
    _description = "Setting Up Credit Management"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        domain="[('parent_id', '=', False)]",
        default=lambda self: self.env.company._credit_company(),
        help="The company that is set up, with its branches.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    credit_count_orders = _setting(
        fields.Boolean, "Count Open Orders", help="Confirmed orders count until a posted invoice covers them."
    )
    credit_count_drafts = _setting(
        fields.Boolean, "Count Draft Invoices", help="Draft invoices that do not come from an order count."
    )
    credit_count_unallocated = _setting(
        fields.Boolean, "Count Unallocated Credits", help="Payments and credit notes without an invoice lower it."
    )
    credit_count_received = _setting(
        fields.Boolean, "Count Captured Payments", help="Captured online payments lower it before they are booked."
    )
    credit_count_in_process = _setting(
        fields.Boolean, "Count Payments in Process", help="A payment frees credit only once the bank confirms it."
    )
    credit_count_bills = _setting(
        fields.Boolean, "Count Bills Receivable", help="Payments with a risk period count until it has ended."
    )
    credit_count_disputed = _setting(
        fields.Boolean, "Count Disputed Amounts", help="Disputed amounts stay in the exposure."
    )
    credit_days_horizon = _setting(
        fields.Integer, "Credit Horizon (days)", help="Orders delivered later than this do not count. 0: all count."
    )
    credit_controller_id = _setting(
        fields.Many2one, "res.users", "Default Credit Controller", help="Who is told of holds."
    )
    policy_id = fields.Many2one(
        "credit.policy",
        "Starting Policy",
        default=lambda self: self.env.ref("credit_management.policy_balanced", raise_if_not_found=False),
        domain="[('company_id', 'in', [company_id, False])]",
        help="Look at its effect first. Nothing is blocked until you switch it on.",
    )
    policy_state = fields.Selection(related="policy_id.state", string="Status of the Policy")
    is_checked = fields.Boolean(
        "Checks Are On", compute="_compute_steps", help="On: a policy is switched on in this company."
    )
    is_limited = fields.Boolean(
        "Limits Are Set Up", compute="_compute_steps", help="On: a customer, a group or a rating has a limit."
    )
    is_tz_confirmed = fields.Boolean(related="company_id.credit_is_tz_confirmed")
    credit_tz = fields.Selection(related="company_id.credit_tz", string="Time Zone")
    check_ids = fields.One2many("credit.setup.check", "setup_id", string="To Look At", readonly=True)

    def _compute_display_name(self):
        for setup in self:
            setup.display_name = self.env._("Setting Up")

    @api.depends("company_id")
    def _compute_settings(self):
        for setup in self:
            setup.update({name: setup.company_id[name] for name in SETTINGS})

    @api.depends("company_id", "check_ids")
    def _compute_steps(self):
        for setup in self:
            setup.is_checked = setup.company_id._is_credit_checked()
            setup.is_limited = setup.company_id._has_credit_limits()

    @api.model_create_multi
    def create(self, vals_list):
        """Override to hand the settings to the company."""
        setups = super().create(vals_list)
        setups._apply_settings()
        setups._refresh_checks()
        return setups

    def write(self, vals):
        """Override: see `create`."""
        result = super().write(vals)
        if set(SETTINGS) & vals.keys():
            self._apply_settings()
        if "check_ids" not in vals:
            self._refresh_checks()
        return result

    def _apply_settings(self):
        """Write what changed to the company; credit managers need no rights on companies for it.

        :raise AccessError: without the rights of a credit manager
        """
        if not self.env.su and not self.env.user.has_group("credit_management.group_credit_manager"):
            raise AccessError(self.env._("Only credit managers set credit management up."))
        for setup in self:
            company = setup.company_id.sudo()  # only these settings, only by credit managers
            changed = {name: setup[name] for name in SETTINGS if setup[name] != company[name]}
            if changed:
                values = {n: v.id if n.endswith("_id") else v for n, v in changed.items()}
                setup.company_id._credit_ask_first("write", values)
                company.write(values)

    def _refresh_checks(self):
        """Look again; a finding that is still there stays the record whose button somebody may be clicking."""
        for setup in self:
            found = {(values["fix"], values["name"]): values for values in setup._get_checks()}
            known = {(check.fix, check.name): check for check in setup.check_ids}
            gone = [fields.Command.delete(check.id) for key, check in known.items() if key not in found]
            new = [fields.Command.create(values) for key, values in found.items() if key not in known]
            if gone or new:
                setup.check_ids = gone + new

    def _get_checks(self):
        """Return what is off or odd as values: ``state``, ``name``, and ``fix``, a key of `_get_fixes`."""
        on = self._get_policies_on()
        checks = []
        if not on:
            text = self.env._("Checks are off: nothing is held until a policy is switched on.")
            checks.append({"state": "off", "name": text, "fix": "switch_on"})
        if not self.is_limited:
            text = self.env._("No customer, group or rating has a limit to be tested.")
            checks.append({"state": "odd", "name": text, "fix": "limits"})
        return checks + self._get_rule_checks(on) + self._get_policy_checks(on) + self._get_findings()

    def _get_findings(self):
        """Return what somebody should decide on, each with its button."""
        return []

    def _get_fixes(self):
        """Return ``{fix: (label, method)}``: what the buttons of the findings do, and nothing else."""
        return {
            "switch_on": (self.env._("Switch On…"), self.action_ask_switch_on),
            "limits": (self.env._("Set Limits"), self.action_open_files),
            "policies": (self.env._("Open Policies"), self.action_open_policies),
        }

    def _get_policies_on(self):
        return self.env["credit.policy"].search(
            [("state", "=", "on"), ("company_id", "in", [self.company_id.id, False])]
        )

    def _get_rule_checks(self, policies):
        """Return what is wrong with single rules."""
        defects = [(rule, rule._get_defect()) for rule in policies.rule_ids]
        return [
            {
                "state": "odd",
                "fix": "policies",
                "name": self.env._(
                    "%(policy)s, rule '%(rule)s': %(defect)s.",
                    policy=rule.policy_id.name,
                    rule=rule.summary,
                    defect=defect,
                ),
            }
            for rule, defect in defects
            if defect
        ]

    def _get_policy_checks(self, policies):
        """Return policies that never get their turn: they have ended, or an earlier one is for the same customers."""
        today = self.company_id._credit_today()
        ended = policies.filtered(lambda p: p.date_to and p.date_to < today)
        shadowed = [(policy, policy._get_ahead()) for policy in policies - ended]
        texts = [
            self.env._("%(policy)s never applies: %(other)s comes first.", policy=policy.name, other=ahead.name)
            for policy, ahead in shadowed if ahead
        ]
        texts += [self.env._("%(policy)s has ended.", policy=p.name) for p in ended]
        return [{"state": "odd", "name": text, "fix": "policies"} for text in texts]

    def action_open_files(self):
        """Open the credit files of the company, to set limits."""
        action = self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_profile")
        return {**action, "domain": [("company_id", "=", self.company_id.id)]}

    def action_open_ratings(self):
        """Open the ratings, which may carry limits."""
        return self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_rating")

    def action_open_policies(self):
        """Open the policies."""
        return self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_policy")

    def action_preview(self):
        """Show what the chosen policy would do today."""
        self.ensure_one()
        return self.policy_id.action_preview()

    def action_ask_switch_on(self):
        """Ask whether to switch the chosen policy on, with what it would do today.

        :raise ValidationError: when no policy is chosen
        """
        self.ensure_one()
        if not self.policy_id:
            raise ValidationError(self.env._("Choose the policy to start with first."))
        self.policy_id.check_access("write")
        question = self.policy_id._ask_activate(self.company_id)
        question.setup_id = self
        return question.action_open()

    def action_switch_on(self):
        """Switch the chosen policy on for the company."""
        self.ensure_one()
        self.policy_id.check_access("write")
        self._get_own_policy().action_activate()
        self._refresh_checks()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _get_own_policy(self):
        """Return the chosen policy; where it is everybody's, a copy for this company among several."""
        # only whether there are others
        companies = self.env["res.company"].sudo().search_count([("parent_id", "=", False)], limit=2)
        if self.policy_id.company_id or companies == 1:
            return self.policy_id
        self.policy_id = self.policy_id.copy({"company_id": self.company_id.id, "name": self.policy_id.name})
        return self.policy_id


class CreditSetupCheck(models.TransientModel):
    _name = "credit.setup.check"
    _description = "Set-Up Finding"

    setup_id = fields.Many2one("credit.setup", required=True, ondelete="cascade")
    name = fields.Char("Finding", readonly=True)
    state = fields.Selection(
        [("off", "Off"), ("odd", "Look at This")],
        "Status",
        readonly=True,
        help="Off: nothing is checked. Look at this: probably not what was meant.",
    )
    fix = fields.Char("Key of the Fix", readonly=True, help="Which of the page's fixes mends it.")
    fix_label = fields.Char("Fix", compute="_compute_fix_label")

    @api.depends_context("lang")
    @api.depends("fix")
    def _compute_fix_label(self):
        for check in self:
            check.fix_label = check.setup_id._get_fixes().get(check.fix, (False,))[0]

    def action_fix(self):
        """Do what mends the finding: one of the page's own fixes, whatever is written in the row."""
        self.ensure_one()
        _label, mend = self.setup_id._get_fixes()[self.fix]
        return mend()
