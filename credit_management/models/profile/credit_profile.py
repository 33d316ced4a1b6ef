"""The credit file of a customer in a company (信用档案)."""

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..setup.credit_day import of_today
from ..setup.limit_value import LIMIT_TYPES, check_number

LIMIT_FIELDS = frozenset({"limit_type", "amount_limit", "limit_currency_id"})
# what loosens the checks of a customer takes a credit manager
MANAGER_FIELDS = frozenset(
    {"rating_id", "policy_id", "group_id", "is_excluded", "date_ignore_until", "date_limit_expiry", "date_review_next"}
)


class CreditProfile(models.Model):
    _name = "credit.profile"
    _description = "Credit File"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "partner_id, company_id, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        ondelete="cascade",
        help="The commercial entity that is invoiced. Documents of its contacts count here too.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company._credit_company(),
        help="The company that grants the credit, for itself and its branches. Each company keeps its own profile of a "
        "customer.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    active = fields.Boolean(
        default=True,
        help="An archived credit file is hidden from lists; its figures and its limit go on counting.",
    )
    salesperson_id = fields.Many2one(related="partner_id.user_id", string="Salesperson", store=False)
    country_id = fields.Many2one(related="partner_id.country_id", store=False)

    limit_type = fields.Selection(
        LIMIT_TYPES,
        "Limit",
        required=True,
        default="none",
        tracking=True,
        help="No limit set up: the limit of the rating or of the policy applies. "
        "Unlimited: no limit is tested. Amount: the customer may owe up to this amount; 0 means cash only.",
    )
    amount_limit = fields.Monetary(
        "Limit Amount",
        currency_field="limit_currency_id",
        tracking=True,
        help="The most the customer may owe, tax included, in the currency beside it. "
        "Exposure equal to the limit passes; one cent more does not. 0 means cash only.",
    )
    limit_currency_id = fields.Many2one(
        "res.currency",
        "Limit Currency",
        compute="_compute_limit_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        help="The limit is granted in this currency and converted at today's rate into the company's "
        "currency, where it is compared.",
    )
    date_limit_expiry = fields.Date(
        "Limit Valid Until",
        tracking=True,
        help="Last day on which the limit counts. What happens after it is set by the policy.",
    )
    rating_id = fields.Many2one(
        "credit.rating",
        "Rating",
        tracking=True,
        index="btree_not_null",
        help="The class of the customer. It can carry a limit, a policy and a review interval.",
    )
    date_rating = fields.Date("Rated On", readonly=True, help="The day on which the rating was last set.")
    date_review_next = fields.Date(
        "Next Review",
        tracking=True,
        help="The day by which the customer must be reviewed. A policy can stop orders after it.",
    )
    is_review_due = of_today(
        "is_review_due", "Review Due", lambda day: Domain("date_review_next", "<=", day),
        "The day of the next review has come.", ("date_review_next",),
    )
    policy_id = fields.Many2one(
        "credit.policy",
        "Own Policy",
        check_company=True,
        index="btree_not_null",
        tracking=True,
        help="Applies to this customer before any policy for its group, its rating or everyone.",
    )
    group_id = fields.Many2one(
        "credit.group",
        "Credit Group",
        tracking=True,
        index="btree_not_null",
        help="Companies that share one limit. The customer must pass its own test and the group's.",
    )
    controller_id = fields.Many2one(
        "res.users",
        "Credit Controller",
        tracking=True,
        help="Who works the holds of this customer. Empty: the company's default controller.",
    )
    account_status = fields.Selection(
        [("normal", "Normal"), ("watch", "Watch"), ("stop", "Stop")],
        required=True,
        default="normal",
        tracking=True,
        help="A forced status with its reason. 'Stop' puts every new document on hold whatever the "
        "figures say, once a policy is on; 'Watch' acts where a policy says so.",
    )
    status_reason_id = fields.Many2one(
        "credit.reason",
        "Reason of the Status",
        domain="[('kind', '=', 'status')]",
        tracking=True,
        ondelete="restrict",
        help="Why the account has this status, as a word that everybody reads in their language.",
    )
    status_reason = fields.Char(
        "Note on the Status", tracking=True, help="What was added in words. Shown to the salesperson with the reason."
    )
    status_text = fields.Char(
        "Why This Status", compute="_compute_status_text", help="The reason of the status and what was added in words."
    )
    is_excluded = fields.Boolean(
        "Excluded",
        tracking=True,
        help="Excluded customers are never checked (public bodies, own companies).",
    )
    date_ignore_until = fields.Date(
        "Ignore Until",
        tracking=True,
        help="Up to and including this day the credit rules are not applied to the customer.",
    )
    lock_count = fields.Integer(
        "Check Counter",
        default=0,
        readonly=True,
        copy=False,
        help="Technical. Each credit check updates it first, so that two checks of the same customer "
        "never read the same credit at the same time.",
    )

    _partner_company_unique = models.Constraint(
        "UNIQUE (partner_id, company_id)",
        "This customer already has a credit file in this company.",
    )
    _limit_not_negative = models.Constraint(
        "CHECK (amount_limit >= 0)",
        "A credit limit cannot be negative. Enter 0 for a customer that pays before delivery.",
    )

    @api.depends("status_reason_id", "status_reason")
    @api.depends_context("lang")
    def _compute_status_text(self):
        for profile in self:
            profile.status_text = profile.status_reason_id._read_code(profile._get_status_code())

    def _get_status_code(self):
        """Return why the account has its status, as it is kept in findings."""
        return self.status_reason_id._write_code(self.status_reason)

    @api.depends("company_id")
    def _compute_limit_currency_id(self):
        for profile in self:
            if not profile.limit_currency_id:
                profile.limit_currency_id = profile.company_id.currency_id

    @api.constrains("amount_limit", "limit_type")
    def _check_amount_limit(self):
        for profile in self:
            if profile.amount_limit < 0:
                raise ValidationError(
                    self.env._(
                        "The credit limit of %(customer)s cannot be negative. "
                        "Enter 0 for a customer that pays before delivery.",
                        customer=profile.partner_id.display_name,
                    )
                )

    @api.constrains("company_id")
    def _check_company_is_whole(self):
        self.company_id._credit_check_is_whole()

    @api.constrains("partner_id")
    def _check_partner_is_commercial(self):
        for profile in self:
            if profile.partner_id != profile.partner_id.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact of %(customer)s. Credit is granted to the commercial "
                        "entity: open the credit file of %(customer)s.",
                        contact=profile.partner_id.display_name,
                        customer=profile.partner_id.commercial_partner_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override: limits and what loosens checks take their rights, and core's limit follows.

        :raise AccessError: for fields that credit managers change
        :raise UserError: for a limit, once checks are on
        """
        for vals in vals_list:
            check_number(self.env, vals.get("amount_limit"))
            if vals.get("rating_id"):
                company = self.env["res.company"].browse(vals.get("company_id")) or self.env.company
                vals.setdefault("date_rating", company._credit_today())
        profiles = super().create(vals_list)
        # the values may be defaults of the context or of the user
        self._check_manager_fields({name for name in MANAGER_FIELDS if any(profiles.mapped(name))})
        profiles._check_limit_change(
            profiles.filtered(lambda profile: profile.limit_type != "none" or profile.amount_limit)
        )
        profiles.filtered(lambda profile: profile.limit_type != "none")._push_core_limit()
        return profiles

    def write(self, vals):
        """Override: see `create`; holds that the change may cure are looked at again.

        What the system writes (an approved limit, a merge) comes with `sudo`: that bypasses the permission
        alone, never what other add-ons do when a profile changes.
        """
        check_number(self.env, vals.get("amount_limit"))
        self._check_key(vals)
        self._check_manager_fields(MANAGER_FIELDS & vals.keys())
        if LIMIT_FIELDS & vals.keys():
            self._check_limit_change(self)
        if "rating_id" in vals:
            vals = {"date_rating": (self.company_id[:1] or self.env.company)._credit_today(), **vals}
        result = super().write(vals)
        if LIMIT_FIELDS & vals.keys():
            self._push_core_limit()
        if self._get_curing_fields() & vals.keys():
            self._queue_recheck()
        if vals.get("rating_id") and "date_review_next" not in vals:
            self._plan_review()
        return result

    def _check_key(self, vals):
        """Refuse to hand a file, with its limit and its releases, to another customer or company.

        Customers are merged and moved by what moves their debts, and that makes files of its own.

        :raise UserError: for everybody
        """
        for name in ("partner_id", "company_id"):
            if name in vals and any(profile[name].id != vals[name] for profile in self):
                raise UserError(
                    self.env._("A credit file stays with its customer and its company. Open the other one's file.")
                )

    def _plan_review(self):
        """Set the next review as the rating asks for, counted from the day of the rating."""
        for profile in self.filtered("rating_id.months_review"):
            profile._bring_review_to(profile.date_rating + relativedelta(months=profile.rating_id.months_review))

    def _bring_review_to(self, day):
        """Set the next review where it would be later, or never: only who writes the day itself postpones it."""
        if not self.date_review_next or day < self.date_review_next:
            self.write({"date_review_next": day})

    def _queue_recheck(self):
        """Look at the holds of these customers again before the transaction commits."""
        self.env["credit.recheck"]._queue(self.sudo().partner_id)  # a limit frees whoever waits for it

    @api.model
    def _check_manager_fields(self, names):
        """Refuse to loosen the checks of a customer without the rights of a credit manager.

        :param set names: those of `MANAGER_FIELDS` that are written
        :raise AccessError: naming the field
        """
        if names and not self.env.su and not self.env.user.has_group("credit_management.group_credit_manager"):
            label = self._fields[min(names)]._description_string(self.env)
            raise AccessError(self.env._("Only credit managers change '%(field)s' of a credit file.", field=label))

    @api.model
    def _get_curing_fields(self):
        """Return the fields whose change can free a held document.

        Hook: a room or an add-on adds its own.
        """
        return LIMIT_FIELDS | {
            "date_limit_expiry",
            "rating_id",
            "date_review_next",
            "policy_id",
            "group_id",
            "account_status",
            "is_excluded",
            "date_ignore_until",
        }

    @api.model
    def _check_limit_change(self, profiles):
        """Refuse to change a limit by hand once the checks are on: it takes a request.

        :raise UserError: when a policy is on in the company of one of the profiles
        """
        if self.env.su or not profiles:
            return
        enforced = profiles.filtered(lambda profile: profile.company_id._is_credit_checked())
        if enforced:
            raise UserError(
                self.env._(
                    "The limit of %(customer)s cannot be changed directly: credit checks are on, so a limit "
                    "changes only through a request that somebody else approves. Use 'Request limit'.",
                    customer=enforced[0].partner_id.display_name,
                )
            )

    def _apply_limit(self, vals):
        """Write a limit that was approved by request, past the refusal of direct writes."""
        return self.sudo().write(vals)  # whoever approved had the right
