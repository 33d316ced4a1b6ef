"""Cover: credit insurance, guarantees and collateral of a customer (信用保险 / 担保)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..exposure.credit_mark import Mark
from ..setup.credit_day import of_today

_lt = LazyTranslate(__name__)

KINDS = [
    ("insurance", "Credit insurance"),
    ("bank", "Bank guarantee"),
    ("parent", "Guarantee of the parent company"),
    ("personal", "Personal guarantee"),
    ("letter", "Letter of credit"),
    ("collateral", "Collateral"),
    ("other", "Other"),
]
WITHOUT_END = "9999-12-31"
DAYS_SOON = 60  # two months: what it takes to renew a credit insurance
COVER = Mark(
    "cover",
    _lt("Covered"),
    "credit.cover",
    lambda exposure, scope: exposure._get_cover_marks_sql(scope),
    claims=lambda exposure, scope: exposure._get_cover_claims_sql(scope),
)


class CreditCover(models.Model):
    _name = "credit.cover"
    _description = "Credit Cover"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_to desc, id desc"

    active = fields.Boolean(default=True, tracking=True, help="Archived covers do not count.")
    profile_id = fields.Many2one(
        "credit.profile", "Customer", required=True, index=True, ondelete="cascade", help="Whose debts are covered."
    )
    partner_id = fields.Many2one(related="profile_id.partner_id", string="Partner", store=True, index=True)
    company_id = fields.Many2one(related="profile_id.company_id", store=True)
    kind = fields.Selection(KINDS, required=True, default="insurance", tracking=True, help="What covers the debts.")
    insurer_id = fields.Many2one("res.partner", "Insurer or Guarantor", tracking=True, help="Who pays instead.")
    number = fields.Char(tracking=True, help="Number of the policy, of the buyer's decision, or of the guarantee.")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        help="The currency of the cover.",
    )
    amount = fields.Monetary(tracking=True, help="Up to which amount the customer's debts are covered.")
    date_from = fields.Date(
        "Valid From",
        required=True,
        default=lambda self: self.env.company._credit_today(),
        tracking=True,
        help="First day of the cover. Before it the cover does not count.",
    )
    date_to = fields.Date("Valid To", tracking=True, help="Last day of the cover. Empty: without end.")
    note = fields.Char(help="Conditions that people should know.")
    state = fields.Selection(
        [("future", "Not begun"), ("valid", "Valid"), ("expired", "Expired")],
        "Status",
        compute="_compute_state",
        search="_search_state",
        help="Valid: today is a day of the cover, its first and last day included.",
    )

    is_ending = of_today(
        "is_ending",
        "Ends Soon",
        lambda day: Domain("date_to", ">=", day) & Domain("date_to", "<", day + timedelta(days=DAYS_SOON)),
        "Its last day comes within 60 days.",
        ("date_to",),
    )

    _amount_not_negative = models.Constraint("CHECK (amount >= 0)", "The amount of a cover cannot be negative.")
    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)", "A cover cannot end before it begins."
    )

    @api.depends("kind", "number")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for cover in self:
            cover.display_name = " ".join(filter(None, [kinds.get(cover.kind), cover.number]))

    @api.depends("profile_id")
    def _compute_currency_id(self):
        for cover in self:
            cover.currency_id = cover.currency_id or cover.profile_id.currency_id or self.env.company.currency_id

    @api.depends("date_from", "date_to")
    def _compute_state(self):
        for cover in self:
            today = (cover.company_id or self.env.company)._credit_today()
            if cover.date_from and cover.date_from > today:
                cover.state = "future"
            else:
                cover.state = "expired" if cover.date_to and cover.date_to < today else "valid"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        days = self.env["res.company"]._credit_get_days()
        return Domain.OR(
            Domain("company_id", "in", ids) & Domain.OR(self._get_state_domain(state, day) for state in value)
            for day, ids in days.items()
        )

    @api.model
    def _get_state_domain(self, state, day):
        begun = Domain("date_from", "<=", day)
        if state == "future":
            return Domain("date_from", ">", day)
        if state == "expired":
            return begun & Domain("date_to", "<", day)
        return begun & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a new or longer cover may free held documents."""
        covers = super().create(vals_list)
        covers.profile_id._queue_recheck()
        return covers

    def write(self, vals):
        """Override: see `create`."""
        profiles = self.profile_id
        result = super().write(vals)
        (profiles | self.profile_id)._queue_recheck()
        return result


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_marks(self):
        return (*super()._get_marks(), COVER)

    @api.model
    def _get_cover_marks_sql(self, scope):
        """The customer's oldest items, up to the amount of each cover that is valid on the day."""
        claims = SQL(
            """
            SELECT v.id, p.partner_id, p.company_id, v.date_from, v.date_to, NULL::int[] AS move_ids,
                   CASE WHEN v.currency_id = c.currency_id THEN v.amount ELSE v.amount * %(rate)s END AS amount
              FROM credit_cover v
              JOIN credit_profile p ON p.id = v.profile_id
              JOIN res_company c ON c.id = p.company_id
             WHERE v.active AND v.amount > 0 AND v.date_from <= %(today)s
               AND COALESCE(v.date_to, %(without_end)s::date) >= %(today)s AND %(scope)s
            """,
            rate=self._get_rate_sql(SQL("v.currency_id"), scope.as_of),
            today=scope.as_of,
            without_end=WITHOUT_END,
            scope=scope.restrict(SQL("p.partner_id")),
        )
        return self._get_oldest_items_sql(claims, scope)

    @api.model
    def _get_cover_expiry_sql(self, profile_id, as_of):
        """Return SQL for the last day of all covers of a profile that have begun; a cover that has not
        begun yet is none.

        :param SQL profile_id: the column with the profile
        """
        return SQL(
            """
            SELECT MAX(COALESCE(v.date_to, %(without_end)s::date)) FROM credit_cover v
             WHERE v.profile_id = %(profile_id)s AND v.active AND v.date_from <= %(today)s
            """,
            without_end=WITHOUT_END,
            profile_id=profile_id,
            today=as_of,
        )
