"""A customer's own caps: how large a single document may be, which share of the limit a component may be."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ...engine.limits import SINGLE, WHOLE, Cap, Limit

_lt = LazyTranslate(__name__)

# components that a document under control goes to; invoices of confirmed orders were looked at as orders
COMPONENTS = ("orders", "not_due")
LABELS = {SINGLE: _lt("A Single Document"), WHOLE: _lt("The Limit Itself")}


class CreditCap(models.Model):
    _name = "credit.cap"
    _description = "Own Cap of a Customer"
    _inherit = ["credit.control"]
    _order = "profile_id, subject, id"
    _rec_name = "subject"

    profile_id = fields.Many2one(
        "credit.profile", "Customer", required=True, index=True, ondelete="cascade", help="Whose documents are capped."
    )
    company_id = fields.Many2one(related="profile_id.company_id", store=True)
    currency_id = fields.Many2one(related="profile_id.currency_id")
    subject = fields.Selection(
        "_get_subjects",
        "Cap On",
        required=True,
        help="A single document: an order, or an invoice that follows from none. Or a component of the exposure, the "
        "document included. Or the limit: no higher one is proposed or approved.",
    )
    amount = fields.Monetary("At Most", help="The most a single document, or the limit, may amount to, tax included.")
    percent = fields.Float(
        "Of the Limit (%)", digits=(16, 1), help="Which share of the customer's limit the component may be at most."
    )
    amount_most = fields.Monetary(
        "Most Today",
        compute="_compute_amounts",
        help="What the cap allows at most: its share of the limit that applies today. 0 without a limit.",
    )
    amount_now = fields.Monetary(
        "Now", compute="_compute_amounts", help="What the customer has in the component; nothing for a single document."
    )

    _subject_unique = models.Constraint(
        "UNIQUE (profile_id, subject)", "The customer has such a cap already. Change that one."
    )

    @api.model
    def _get_subjects(self):
        """Return what can be capped, as the choices of a selection."""
        known = {part.name: part for part in self.env["credit.exposure"]._get_components()}
        labels = [(name, known[name].label_row or known[name].label) for name in self._get_component_names()]
        return [(name, self.env._(label)) for name, label in (*LABELS.items(), *labels)]

    @api.model
    def _get_component_names(self):
        """Return the components that a cap can be on. Hook: a bridge whose documents go to another one adds it."""
        return COMPONENTS

    @api.depends("subject", "amount", "percent", "profile_id")
    def _compute_amounts(self):
        for cap in self:
            amounts = cap.profile_id.component_amounts or {}
            cap.amount_most = cap._get_most() or 0.0
            cap.amount_now = 0.0 if cap._is_amount() else amounts.get(cap.subject, 0.0)

    @api.depends("subject", "amount", "percent", "currency_id")
    def _compute_display_name(self):
        labels = dict(self._get_subjects())
        for cap in self:
            cap.display_name = f"{labels.get(cap.subject, cap.subject)}: {cap._get_bound_text()}"

    @api.constrains("subject", "amount", "percent")
    def _check_bound(self):
        for cap in self:
            if cap._is_amount() and cap.amount <= 0:
                raise ValidationError(
                    self.env._("A cap on a single document or on the limit needs an amount above zero.")
                )
            if not cap._is_amount() and not 0 <= cap.percent <= 100:
                raise ValidationError(
                    self.env._(
                        "A cap on %(component)s is a share of the limit: enter 0 to 100 percent. No cap allows more "
                        "than the limit.",
                        component=dict(self._get_subjects())[cap.subject],
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a lower cap takes effect at once; a higher one may free what waits."""
        caps = super().create(vals_list)
        caps.profile_id._queue_recheck()
        return caps

    def write(self, vals):
        """Override: see `create`."""
        result = super().write(vals)
        self.profile_id._queue_recheck()
        return result

    def unlink(self):
        """Override: see `create`."""
        profiles = self.profile_id
        result = super().unlink()
        profiles._queue_recheck()
        return result

    def _is_amount(self):
        """Tell whether the cap is an amount, not a share of the limit."""
        return self.subject in LABELS

    def _to_engine(self):
        """Return the cap as the decision sees it."""
        return Cap(self.subject, *((self.amount, None) if self._is_amount() else (None, self.percent)))

    def _get_most(self):
        """Return what the cap allows at most, in company currency; None for a share of a limit that is no amount."""
        return self._to_engine().get_most(self.profile_id._get_limit_now())

    def _get_bound_text(self):
        """Return the cap in words: an amount, or a share of the limit."""
        if self._is_amount():
            return self.currency_id.format(self.amount)
        return self.env._("%(percent)s %% of the limit", percent=f"{self.percent:g}")

    @api.model
    def _credit_merge_rows(self, merged, kept):
        """Keep the lower of two caps on the same, of files that become one."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM credit_cap looser USING credit_cap other
                 WHERE looser.profile_id IN %(files)s AND other.profile_id IN %(files)s AND other.id <> looser.id
                   AND other.subject = looser.subject
                   AND (COALESCE(looser.amount, 0), COALESCE(looser.percent, 0), looser.id)
                       > (COALESCE(other.amount, 0), COALESCE(other.percent, 0), other.id)
                """,
                files=tuple((merged | kept).ids),
            )
        )


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    cap_ids = fields.One2many(
        "credit.cap", "profile_id", "Own Caps", help="How large a document may be, or a component of the exposure."
    )

    def _get_limit_now(self):
        """Return the limit that applies today, in company currency."""
        return Limit(self.limit_state, self.amount_limit_effective)
