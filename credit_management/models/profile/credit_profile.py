"""The credit file of a customer in a company (信用档案)."""

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ..setup.limit_value import LIMIT_TYPES, check_number

LIMIT_FIELDS = frozenset({"limit_type", "amount_limit", "limit_currency_id"})
# what loosens the checks of a customer takes a credit manager
MANAGER_FIELDS = frozenset(
    {"rating_id", "policy_id", "group_id", "is_excluded", "date_ignore_until", "date_limit_expiry", "date_review_next"}
)


class CreditProfile(models.Model):
    _name = "credit.profile"
    _description = "Credit Profile"
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
        default=lambda self: self.env.company,
        help="The company that grants the credit. Each company keeps its own profile of a customer.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    active = fields.Boolean(
        default=True,
        help="An archived profile is hidden from lists; its figures and its limit go on counting.",
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
    status_reason = fields.Char(tracking=True, help="Why the account has this status. Shown to the salesperson.")
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
    hold_ids = fields.One2many("credit.hold", "profile_id", "Holds")
    decision_ids = fields.One2many("credit.decision", "profile_id", "Decisions")
    hold_count = fields.Integer(
        compute="_compute_hold_count", help="Documents of the customer that wait for a release."
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
        "This customer already has a credit profile in this company.",
    )
    _limit_not_negative = models.Constraint(
        "CHECK (amount_limit >= 0)",
        "A credit limit cannot be negative. Enter 0 for a customer that pays before delivery.",
    )

    @api.depends("company_id")
    def _compute_limit_currency_id(self):
        for profile in self:
            if not profile.limit_currency_id:
                profile.limit_currency_id = profile.company_id.currency_id

    def _compute_hold_count(self):
        counts = dict(
            self.env["credit.hold"]._read_group(
                [("profile_id", "in", self.ids), ("state", "=", "open")], ["profile_id"], ["__count"]
            )
        )
        for profile in self:
            profile.hold_count = counts.get(profile, 0)

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

    @api.constrains("partner_id")
    def _check_partner_is_commercial(self):
        for profile in self:
            if profile.partner_id != profile.partner_id.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact of %(customer)s. Credit is granted to the commercial "
                        "entity: open the profile of %(customer)s.",
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
                vals.setdefault("date_rating", fields.Date.context_today(self))
        profiles = super().create(vals_list)
        # the values may be defaults of the context or of the user
        self._check_manager_fields({name: True for name in MANAGER_FIELDS if any(profiles.mapped(name))})
        profiles._check_limit_change(
            profiles.filtered(lambda profile: profile.limit_type != "none" or profile.amount_limit)
        )
        profiles.filtered(lambda profile: profile.limit_type != "none")._push_core_limit()
        return profiles

    def write(self, vals):  # pylint: disable=method-required-super
        """Override: see `create`."""
        check_number(self.env, vals.get("amount_limit"))
        self._check_manager_fields(vals)
        if LIMIT_FIELDS & vals.keys():
            self._check_limit_change(self)
        if "rating_id" in vals:
            vals = {"date_rating": fields.Date.context_today(self), **vals}
        result = self._write_and_react(vals)
        if vals.get("rating_id") and "date_review_next" not in vals:
            self._plan_review()
        return result

    def _plan_review(self):
        """Set the next review as the rating asks for, counted from the day of the rating."""
        for profile in self.filtered("rating_id.months_review"):
            months = profile.rating_id.months_review
            profile._write_and_react({"date_review_next": profile.date_rating + relativedelta(months=months)})

    def _write_and_react(self, vals):
        """Write, keep core's limit in step, and look at the holds that this may cure."""
        result = super().write(vals)
        if LIMIT_FIELDS & vals.keys():
            self._push_core_limit()
        if self._get_curing_fields() & vals.keys():
            self._queue_recheck()
        return result

    @api.model
    def _check_manager_fields(self, vals):
        """Refuse to loosen the checks of a customer without the rights of a credit manager.

        :raise AccessError: naming the field
        """
        changed = MANAGER_FIELDS & vals.keys()
        if changed and not self.env.su and not self.env.user.has_group("credit_management.group_credit_manager"):
            label = self._fields[min(changed)]._description_string(self.env)
            raise AccessError(self.env._("Only credit managers change '%(field)s' of a credit profile.", field=label))

    @api.model
    def _get_curing_fields(self):
        """Return the fields whose change can free a held document."""
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
        return self._write_and_react(vals)

    def _push_core_limit(self):
        """Keep `res.partner.credit_limit` true to the profile, for core and for other add-ons."""
        for profile in self.sudo():  # the limit of the partner belongs to accounting groups
            partner = profile.partner_id.with_company(profile.company_id)
            partner._set_core_credit_limit(profile._get_core_limit())

    def _get_core_limit(self):
        """Return the limit as core understands it, in company currency: 0 means 'no check' there,
        so that cash only becomes the smallest amount there is."""
        self.ensure_one()
        if self.limit_type != "amount":
            return 0.0
        amount = self._convert_limit(self.amount_limit)
        return max(amount, self.company_id.currency_id.rounding)

    def _convert_limit(self, amount):
        """Return an amount of the limit's currency in the company's, at today's rate."""
        self.ensure_one()
        currency = self.limit_currency_id or self.currency_id
        if currency == self.currency_id:
            return amount
        return currency._convert(amount, self.currency_id, self.company_id, fields.Date.context_today(self))

    # -- existence and mutual exclusion ------------------------------------------------------

    @api.model
    def _ensure(self, partners, company):
        """Return the profiles of customers in a company, creating those that are missing.

        :param partners: contacts or customers (`res.partner`)
        :param company: the company that grants the credit
        """
        customers = partners.commercial_partner_id
        domain = [("partner_id", "in", customers.ids), ("company_id", "=", company.id)]
        # every user's document needs a profile, whoever may read it
        Profile = self.sudo().with_context(active_test=False)
        profiles = Profile.search_fetch(domain)  # one statement finds and reads them
        missing = customers - profiles.partner_id
        if missing:
            self._insert_missing(missing, company)
            profiles = Profile.search_fetch(domain)
        # back to the rights of the caller
        return profiles.sudo(self.env.su)

    @api.model
    def _insert_missing(self, partners, company):
        """Insert profiles; two transactions that meet here leave one row."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO credit_profile (partner_id, company_id, limit_currency_id, active, limit_type, amount_limit,
                        account_status, dunning_level, lock_count, create_uid, write_uid, create_date, write_date)
                SELECT p.id, c.id, c.currency_id, TRUE, 'none', 0, 'normal', 0, 0, %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM res_partner p, res_company c
                 WHERE p.id IN %(partners)s AND c.id = %(company)s
                    ON CONFLICT (partner_id, company_id) DO NOTHING
                """,
                uid=self.env.uid,
                now=self.env.cr.now(),
                partners=tuple(partners.ids),
                company=company.id,
            ),
            # Odoo asks again, with a cursor that writes, for a page that was only to read
            log_exceptions=not self.env.cr.readonly,
        )
        self.sudo()._pull_core_limits(partners, company)  # the limit of the partner belongs to accounting groups

    @api.model
    def _pull_core_limits(self, partners, company):
        """Take over limits that stand on the customers in core: nothing that was set up is lost."""
        limited = partners.with_company(company).filtered(
            lambda partner: company.account_use_credit_limit and partner.credit_limit
        )
        for partner in limited:
            profile = self.search([("partner_id", "=", partner.id), ("company_id", "=", company.id)])
            profile._write_and_react({"limit_type": "amount", "amount_limit": partner.credit_limit})

    def _lock(self):
        """Take the mutex of these profiles and of their credit groups until the transaction ends.

        The rows are *updated*: a transaction that waited here on an older snapshot is replayed by
        Odoo on a new one, so nobody decides on credit that was given away meanwhile.
        """
        self._update_lock_count("credit_group", self.sudo().group_id.ids)  # groups belong to the manager
        self._update_lock_count("credit_profile", self.ids)

    def _update_lock_count(self, table, ids):
        if ids:
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE %(table)s SET lock_count = COALESCE(lock_count, 0) + 1
                      FROM (SELECT id FROM %(table)s WHERE id IN %(ids)s ORDER BY id FOR NO KEY UPDATE) locked
                     WHERE %(table)s.id = locked.id
                    """,
                    table=SQL.identifier(table),
                    ids=tuple(ids),
                )
            )
