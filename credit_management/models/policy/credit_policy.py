"""Policies: what is allowed for a class of customers (信用政策)."""

from ast import literal_eval

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ...engine.policy import Policy
from ..record.words import in_every_language
from .condition import check_names

SCOPES = ("customer", "group", "rating", "all")

DAYS_PROPOSED = 30  # longest terms, when somebody starts to bound them


class CreditPolicy(models.Model):
    _name = "credit.policy"
    _description = "Credit Policy"
    _inherit = ["mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, help="Name shown with each decision made under it.")
    sequence = fields.Integer(
        default=10, help="Between policies of the same scope the one with the lowest number applies."
    )
    active = fields.Boolean(default=True, help="Archived policies are kept for the decisions made under them.")
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company._credit_company(),
        index=True,
        help="The company whose customers the policy is for. Empty: every company.",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", string="Currency")
    state = fields.Selection(
        [("draft", "Off"), ("on", "On")],
        "Status",
        default="draft",
        required=True,
        tracking=True,
        copy=False,
        help="Off: nothing is checked under this policy. On: it applies to its scope from its first day.",
    )
    description = fields.Text(translate=True, help="What the policy is meant for.")
    scope = fields.Selection(
        [("customer", "Customers"), ("group", "Credit groups"), ("rating", "Ratings"), ("all", "Everyone")],
        required=True,
        default="all",
        help="A policy for customers beats one for their credit group, which beats one for their rating, "
        "which beats one for everyone.",
    )
    profile_ids = fields.One2many("credit.profile", "policy_id", "Customers")
    group_ids = fields.Many2many(
        "credit.group", string="Credit Groups", context={"active_test": False}, help="Groups the policy is for."
    )
    rating_ids = fields.Many2many(
        "credit.rating", string="Ratings", context={"active_test": False}, help="Ratings the policy is for."
    )
    date_from = fields.Date("Valid From", help="First day on which the policy applies. Empty: from the start.")
    date_to = fields.Date("Valid To", help="Last day on which the policy applies. Empty: without end.")
    is_match_all = fields.Boolean(
        "All Rules Must Be Hit",
        help="Off: any rule that is hit takes effect. On: only when every rule of the checkpoint is hit.",
    )
    days_terms_max = fields.Integer(
        "Longest Terms (days)",
        default=-1,
        help="Longest payment terms allowed without approval; used by the rule on terms. -1: no limit.",
    )
    percent_discount_max = fields.Float(
        "Best Discount (%)",
        default=-1,
        help="Best discount allowed without approval; used by the rule on discounts. -1: no limit.",
    )
    is_terms_bound = fields.Boolean(
        "Longest Payment Terms",
        compute="_compute_is_bound",
        readonly=False,
        help="On: the rule on terms compares with so many days. Off: terms of any length are allowed.",
    )
    is_discount_bound = fields.Boolean(
        "Best Discount",
        compute="_compute_is_bound",
        readonly=False,
        help="On: the rule on discounts compares with this percentage. Off: any discount is allowed.",
    )
    percent_deposit = fields.Float(
        "Deposit of Every Order (%)",
        help="Share of every order to be received first, tax included; used by the rule on deposits. 0: none. "
        "The deposits below ask for more of some orders.",
    )
    exclusion_domain = fields.Char(
        "Orders Not Checked",
        default="[]",
        help="Orders that match this condition are not checked under the policy: certain products, order types, "
        "teams. Empty: all are checked.",
    )
    is_exclusive = fields.Boolean(
        "Leave Some Orders Out",
        compute="_compute_is_exclusive",
        readonly=False,
        help="On: orders that match a condition are not checked under this policy. Off: all are.",
    )
    rule_ids = fields.One2many("credit.policy.rule", "policy_id", "Rules", copy=True)

    _dates_in_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "The validity of a policy cannot end before it starts.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for policy in self:
            policy.currency_id = (policy.company_id or self.env.company).currency_id

    @api.depends("exclusion_domain")
    def _compute_is_exclusive(self):
        for policy in self:
            policy.is_exclusive = (policy.exclusion_domain or "[]") != "[]"

    @api.depends("days_terms_max", "percent_discount_max")
    def _compute_is_bound(self):
        for policy in self:
            policy.is_terms_bound = policy.days_terms_max >= 0
            policy.is_discount_bound = policy.percent_discount_max >= 0

    @api.onchange("is_terms_bound")
    def _onchange_is_terms_bound(self):
        if self.is_terms_bound != (self.days_terms_max >= 0):
            self.days_terms_max = DAYS_PROPOSED if self.is_terms_bound else -1

    @api.onchange("is_discount_bound")
    def _onchange_is_discount_bound(self):
        if self.is_discount_bound != (self.percent_discount_max >= 0):
            self.percent_discount_max = 0.0 if self.is_discount_bound else -1.0

    @api.onchange("is_exclusive")
    def _onchange_is_exclusive(self):
        if not self.is_exclusive:
            self.exclusion_domain = "[]"

    @api.constrains("company_id")
    def _check_company_is_whole(self):
        self.company_id._credit_check_is_whole()

    @api.constrains("percent_deposit")
    def _check_percent_deposit(self):
        for policy in self:
            if not 0 <= policy.percent_deposit <= 100:
                raise ValidationError(
                    self.env._(
                        "The deposit of policy %(policy)s must be between 0 and 100 %%, not %(percent)s %%.",
                        policy=policy.name,
                        percent=policy.percent_deposit,
                    )
                )

    @api.constrains("exclusion_domain")
    def _check_exclusion_domain(self):
        for policy in self:
            check_names(self.env, policy.exclusion_domain)
            try:
                self.env["sale.order"].search(literal_eval(policy.exclusion_domain or "[]"), limit=1)
            except Exception as error:
                raise ValidationError(
                    self.env._("The condition of orders not checked cannot be understood: %(error)s", error=error)
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        """Override to forget the snapshots that checks use."""
        policies = super().create(vals_list)
        self._clear_snapshots()
        return policies

    def write(self, vals):
        """Override to forget the snapshots, and to look at what the policy holds."""
        result = super().write(vals)
        self._clear_snapshots()
        self.env["credit.recheck"]._queue_all()
        return result

    def _update_field_translations(self, *args, **options):
        """Override: the log takes the names of a policy from the snapshots, too."""
        self._clear_snapshots()
        return super()._update_field_translations(*args, **options)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_on(self):
        if any(policy.state == "on" for policy in self):
            raise UserError(self.env._("A policy that is on cannot be deleted. Switch it off first, or archive it."))

    def unlink(self):
        """Override to forget the snapshots that checks use."""
        result = super().unlink()
        self._clear_snapshots()
        return result

    def action_activate(self):
        """Switch policies on: from now on they are applied to new documents.

        :raise UserError: for a policy without any rule that has an effect
        """
        for policy in self:
            if not policy.rule_ids.filtered(lambda rule: rule._has_effect()):
                raise UserError(
                    self.env._(
                        "Policy %(policy)s has no rule with an effect, so it would never stop anything. "
                        "Add a rule before you switch it on.",
                        policy=policy.name,
                    )
                )
        return self.write({"state": "on"})

    def action_deactivate(self):
        """Switch policies off: they no longer apply; what they hold is looked at again."""
        return self.write({"state": "draft"})

    # -- snapshots for the engine ---------------------------------------------------------------

    @api.model
    def _clear_snapshots(self):
        self.env.registry.clear_cache()

    @api.model
    def _get_everybodys(self):
        """Return the model as a decision reads it: what is found is kept for everybody, whoever came first and
        whatever the caller's context asks for (archived policies never apply)."""
        return self.sudo().with_context(active_test=True)  # policies are for every user's document

    @api.model
    @tools.ormcache()
    def _is_any_on(self):
        """Tell whether a policy is on in any company: documents may move between them."""
        return bool(self._get_everybodys().search_count([("state", "=", "on")], limit=1))

    @api.model
    @tools.ormcache("company_id")
    def _get_active_snapshots(self, company_id):
        """Return the policies that are on in a company, in order of precedence; a branch has its company's.

        :rtype: tuple of dicts with ``scope``, the ids of the scope, validity and the `Policy`
        """
        granting = self.env["res.company"].browse(company_id)._credit_company()
        # policies are read for every user's document, whoever may open them
        policies = self._get_everybodys().search([("state", "=", "on"), ("company_id", "in", [*granting.ids, False])])
        return tuple(policy._prepare_snapshot() for policy in policies.sorted(lambda p: SCOPES.index(p.scope)))

    @api.model
    @tools.ormcache("policy_id")
    def _get_names(self, policy_id):
        """Return what a policy is called in every language: see `words.py`."""
        return in_every_language(self._get_everybodys().browse(policy_id), lambda told: told.name)

    def _prepare_snapshot(self):
        self.ensure_one()
        return {
            "scope": self.scope,
            "policy_id": self.id,
            "group_ids": frozenset(self.group_ids.ids),
            "rating_ids": frozenset(self.rating_ids.ids),
            "date_from": self.date_from,
            "date_to": self.date_to,
            "exclusion": literal_eval(self.exclusion_domain or "[]"),
            "policy": self._to_engine(),
        }

    def _to_engine(self):
        """Return the policy as a plain value for the engine."""
        self.ensure_one()
        return Policy(
            policy_id=self.id,
            name=self.name,
            rules=tuple(rule._to_engine() for rule in self.rule_ids if rule._get_criterion()),
            is_match_all=self.is_match_all,
            days_terms_max=None if self.days_terms_max < 0 else self.days_terms_max,
            percent_discount_max=None if self.percent_discount_max < 0 else self.percent_discount_max,
            percent_deposit=self.percent_deposit,
        )

    def _is_deposit_asked(self):
        """Tell whether the policy asks for a deposit of some order. Hook: `deposit/` has rules for it."""
        return bool(self.percent_deposit)

    @api.model
    def _is_asked(self, criterion, company):
        """Tell whether a policy that is on in a company has a rule with a criterion."""
        snapshots = self._get_active_snapshots(company.id)
        return any(rule.criterion == criterion for snapshot in snapshots for rule in snapshot["policy"].rules)

    @api.model
    def _is_effective_at(self, checkpoint, company):
        """Tell whether a policy that is on in a company has a rule with an effect at a checkpoint."""
        return any(snapshot["policy"].rules_at(checkpoint) for snapshot in self._get_active_snapshots(company.id))

    @api.model
    def _get_for_profiles(self, profiles, as_of):
        """Return the policy that applies to each profile on a day, as ``{profile id: Policy or None}``."""
        snapshots = {profile.id: self._get_snapshot_for(profile, as_of) for profile in profiles}
        return {
            profile.id: snapshots[profile.id] and self._get_policy_of(snapshots[profile.id], profile, as_of)
            for profile in profiles
        }

    @api.model
    def _get_policy_of(self, snapshot, _profile, _as_of):
        """Return the `Policy` of a snapshot as it applies to a profile on a day. Hook: for what depends on both."""
        return snapshot["policy"]

    @api.model
    def _get_snapshot_for(self, profile, as_of):
        """Return the snapshot of the policy that applies to a profile on a day, or None."""
        snapshots = self._get_active_snapshots(profile.company_id.id)
        return next((s for s in snapshots if self._is_applicable(s, profile, as_of)), None)

    @api.model
    def _is_applicable(self, snapshot, profile, as_of):
        """Tell whether a policy is for a profile on a day."""
        return self._is_valid_on(snapshot, as_of) and self._is_in_scope(snapshot, profile)

    @api.model
    def _is_valid_on(self, snapshot, as_of):
        starts, ends = snapshot["date_from"], snapshot["date_to"]
        return (not starts or starts <= as_of) and (not ends or as_of <= ends)

    @api.model
    def _is_in_scope(self, snapshot, profile):
        if snapshot["scope"] == "customer":
            return profile.policy_id.id == snapshot["policy_id"]
        if snapshot["scope"] == "group":
            return profile.group_id.id in snapshot["group_ids"]
        if snapshot["scope"] == "rating":
            return profile.rating_id.id in snapshot["rating_ids"]
        return True
