"""Setting up: what counts, who is told, which policy; and a checklist of what is off or odd."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

SETTINGS = (
    "credit_count_orders",
    "credit_count_drafts",
    "credit_count_unallocated",
    "credit_count_disputed",
    "credit_count_in_process",
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
    credit_count_disputed = _setting(
        fields.Boolean, "Count Disputed Amounts", help="Disputed amounts stay in the exposure."
    )
    credit_count_in_process = _setting(
        fields.Boolean, "Count Payments in Process", help="A payment frees credit only once the bank confirms it."
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
    is_checked = fields.Boolean(
        "Checks Are On", compute="_compute_is_checked", help="On: a policy is switched on in this company."
    )
    check_ids = fields.One2many(
        "credit.setup.check",
        "setup_id",
        compute="_compute_check_ids",
        store=True,
        readonly=False,
        string="Checklist",
    )

    def _compute_display_name(self):
        for setup in self:
            setup.display_name = self.env._("Setting Up")

    @api.depends("company_id")
    def _compute_settings(self):
        for setup in self:
            setup.update({name: setup.company_id[name] for name in SETTINGS})

    @api.depends("company_id", "check_ids")
    def _compute_is_checked(self):
        for setup in self:
            setup.is_checked = setup.company_id._is_credit_checked()

    @api.depends("company_id", "policy_id", *SETTINGS)
    def _compute_check_ids(self):
        for setup in self:
            checks = [fields.Command.create(values) for values in setup._get_checks()]
            setup.check_ids = [fields.Command.clear(), *checks]

    @api.model_create_multi
    def create(self, vals_list):
        """Override to hand the settings to the company."""
        setups = super().create(vals_list)
        setups._apply_settings()
        return setups

    def write(self, vals):
        """Override: see `create`."""
        result = super().write(vals)
        if set(SETTINGS) & vals.keys():
            self._apply_settings()
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

    def _get_checks(self):
        """Return the checklist as values: ``state`` is 'ok', 'off' or 'odd'."""
        _ = self.env._
        on = self._get_policies_on()
        limited = self._count_limited()
        controller = self.credit_controller_id
        counts_orders = self.credit_count_orders
        checks = [
            (on, "off", _("A policy is on"), _("Checks are off: nothing is held until a policy is switched on.")),
            (limited, "odd", _("Limits are set up"), _("No customer and no rating has a limit to be tested.")),
            (controller, "odd", _("Somebody is told of holds"), _("No default credit controller is told of holds.")),
            (counts_orders, "odd", _("Open orders count"), _("Open orders do not count in the exposure.")),
        ]
        values = [
            {"name": name if ok else problem, "state": "ok" if ok else state} for ok, state, name, problem in checks
        ]
        return values + self._get_rule_checks(on) + self._get_policy_checks(on) + self._get_findings()

    def _get_findings(self):
        """Return what somebody should decide on, each with its button."""
        return []

    def _get_policies_on(self):
        return self.env["credit.policy"].search(
            [("state", "=", "on"), ("company_id", "in", [self.company_id.id, False])]
        )

    def _count_limited(self):
        domain = [("company_id", "=", self.company_id.id), ("limit_type", "=", "amount")]
        return self.env["credit.profile"].search_count(domain, limit=1) or self.env["credit.rating"].search_count(
            [("limit_type", "=", "amount")], limit=1
        )

    def _get_rule_checks(self, policies):
        """Return what is wrong with single rules."""
        defects = [(rule, rule._get_defect()) for rule in policies.rule_ids]
        return [
            {
                "state": "odd",
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
        """Return policies that never get their turn: they have ended, or an earlier one is for everyone too."""
        today = self.company_id._credit_today()
        general = policies.filtered(lambda p: p.scope == "all" and not p.date_from and not p.date_to)[:1]
        turn = (general.sequence, general.id)
        shadowed = policies.filtered(lambda p: general and p.scope == "all" and (p.sequence, p.id) > turn)
        ended = policies.filtered(lambda p: p.date_to and p.date_to < today)
        texts = [
            self.env._(
                "%(policy)s never applies: %(other)s is for everyone and comes first.",
                policy=p.name,
                other=general.name,
            )
            for p in shadowed
        ]
        texts += [self.env._("%(policy)s has ended.", policy=p.name) for p in ended]
        return [{"state": "odd", "name": text} for text in texts]

    def action_preview(self):
        """Show what the chosen policy would do today."""
        self.ensure_one()
        return self.policy_id.action_preview()

    def action_switch_on(self):
        """Switch the chosen policy on for the company."""
        self.ensure_one()
        self.policy_id.check_access("write")
        self._get_own_policy().action_activate()
        self._compute_check_ids()
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
    _description = "Set-Up Checklist"

    setup_id = fields.Many2one("credit.setup", required=True, ondelete="cascade")
    name = fields.Char("Finding", readonly=True)
    state = fields.Selection(
        [("ok", "OK"), ("off", "Off"), ("odd", "Look at This")],
        readonly=True,
        help="Off: nothing is checked. Look at this: probably not what was meant.",
    )
