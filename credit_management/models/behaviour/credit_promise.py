"""Promises to pay: who promised how much until when, and whether it came (付款承诺)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..setup.credit_day import of_today

STATES = [("open", "Open"), ("kept", "Kept"), ("broken", "Broken"), ("withdrawn", "Withdrawn")]
DAYS_CURRENT = timedelta(30)
# in a calendar, where there is no room for words
SIGNS = {"kept": "✓", "broken": "✗", "withdrawn": "–"}
COLORS = {"open": 4, "kept": 10, "broken": 1, "withdrawn": 12}
WORKED_OUT = {"state": "state", "amount_missing": "missing"}
# what was promised is not rewritten afterwards
GIVEN = frozenset({"profile_id", "amount", "currency_id", "date_noted", "date_promised", "invoice_ids", "user_id"})
WITHDRAWN = frozenset({"is_withdrawn", "withdrawn_reason"})


def _worked_out(field_class, name, *args, **options):
    """Return a field that follows from the payments of the customer, searchable in SQL."""

    def search(records, operator, value):
        if name == "state" and operator == "in" and set(value) == {"open"}:
            return Domain.custom(to_sql=lambda model, alias, _query: model._get_open_sql(alias))
        field = records._fields[name]
        return Domain.custom(
            to_sql=lambda model, alias, query: field.condition_to_sql(name, operator, value, model, alias, query)
        )

    return field_class(*args, compute="_compute_state", search=search, **options)


class CreditPromise(models.Model):
    _name = "credit.promise"
    _description = "Promise to Pay"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_promised desc, id desc"
    _check_company_auto = True

    profile_id = fields.Many2one(
        "credit.profile", "Customer", required=True, index=True, ondelete="cascade", help="Who promised to pay."
    )
    partner_id = fields.Many2one(related="profile_id.partner_id", string="Partner", store=True, index=True)
    company_id = fields.Many2one(related="profile_id.company_id", store=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        help="The currency of the promise. Payments in another one are converted at the rate of the day it was given.",
    )
    amount = fields.Monetary(
        required=True, tracking=True, help="What the customer promised to pay. Less than that is a broken promise."
    )
    amount_company = fields.Monetary(
        "Amount in Company Currency",
        currency_field="company_currency_id",
        compute="_compute_amount_company",
        store=True,
        help="At the rate of the day the promise was given.",
    )
    date_noted = fields.Date(
        "Given On",
        required=True,
        default=lambda self: self.env.company._credit_today(),
        help="The day of the promise. Payments from that day on count for it.",
    )
    date_promised = fields.Date(
        "Promised For",
        required=True,
        tracking=True,
        help="The last day on which a payment keeps the promise. The grace days of the company come on top.",
    )
    invoice_ids = fields.Many2many(
        "account.move",
        string="Invoices",
        domain="[('company_id', 'child_of', company_id), ('commercial_partner_id', '=', partner_id), "
        "('move_type', '=', 'out_invoice'), ('state', '=', 'posted'), ('amount_residual', '>', 0)]",
        help="The invoices it is about, if any was named. Once all of them are settled, by a credit note too, "
        "the promise is kept.",
    )
    user_id = fields.Many2one("res.users", "Noted By", required=True, default=lambda self: self.env.user)
    note = fields.Char(help="Who promised it, and what was said.")
    words = fields.Char("In Words", compute="_compute_words", help="What was promised, as a sentence.")
    is_withdrawn = fields.Boolean("Withdrawn", readonly=True, copy=False, help="The promise no longer counts.")
    withdrawn_reason = fields.Char("Withdrawn Because", readonly=True, copy=False, tracking=True)
    state = _worked_out(
        fields.Selection,
        "state",
        STATES,
        "Status",
        help="Kept: the customer has paid that much since, be it late. Broken: the promised day and the grace days "
        "of the company have passed, and something is missing. Works itself out from the payments.",
    )
    is_current = of_today(
        "is_current",
        "Current",
        lambda day: Domain("date_promised", ">=", day - DAYS_CURRENT),
        "Promised for one of the last 30 days, or for a day to come.",
        depends=["date_promised"],
    )
    color = fields.Integer(compute="_compute_color", help="Color in the calendar, by status.")
    amount_missing = _worked_out(
        fields.Monetary,
        "amount_missing",
        "Still Missing",
        help="What has not been paid of it. Money counts once: promises that run side by side are served in the "
        "order of their days.",
    )

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A promised amount must be above zero.")
    _dates_in_order = models.Constraint(
        "CHECK (date_noted <= date_promised)", "A promise cannot be for a day before the one on which it was given."
    )

    @api.constrains("invoice_ids", "profile_id")
    def _check_invoices(self):
        for promise in self.sudo():  # whoever notes a promise may not see the invoices of all branches
            foreign = promise.invoice_ids.filtered(
                lambda move, own=promise.company_id: move.company_id._credit_company() != own
            )
            if foreign:
                raise ValidationError(
                    self.env._(
                        "%(invoice)s is an invoice of another company than the credit file. Name it in a promise "
                        "there.",
                        invoice=foreign[0].display_name,
                    )
                )

    @api.depends("profile_id", "amount", "currency_id", "state")
    def _compute_display_name(self):
        for promise in self:
            amount = promise.currency_id.format(promise.amount) if promise.currency_id else ""
            words = (SIGNS.get(promise.state, ""), amount, promise.profile_id.display_name)
            promise.display_name = " ".join(filter(None, words))

    @api.depends("state")
    def _compute_color(self):
        for promise in self:
            promise.color = COLORS[promise.state]

    @api.depends("profile_id")
    def _compute_currency_id(self):
        for promise in self:
            promise.currency_id = promise.currency_id or promise.profile_id.currency_id or self.env.company.currency_id

    @api.depends("amount", "currency_id", "date_noted", "company_id")
    def _compute_amount_company(self):
        for promise in self:
            company = promise.company_id or self.env.company
            day = promise.date_noted or company._credit_today()
            promise.amount_company = promise.currency_id._convert(promise.amount, company.currency_id, company, day)

    @api.onchange("invoice_ids")
    def _onchange_invoice_ids(self):
        if self.invoice_ids:
            self.currency_id = self.invoice_ids[0].currency_id
            same = self.invoice_ids.filtered(lambda invoice: invoice.currency_id == self.currency_id)
            self.amount = sum(same.mapped("amount_residual"))

    # -- kept or broken ----------------------------------------------------------------------------

    @api.depends("amount", "date_promised", "date_noted", "is_withdrawn", "invoice_ids")
    @api.depends_context("uid")
    def _compute_state(self):
        found = self._origin._read_states()
        for promise in self:
            promise.state, promise.amount_missing = found.get(promise._origin.id, ("open", promise.amount))

    def _read_states(self):
        """Return ``{id: (state, missing)}`` in one statement; payments count whoever may see them."""
        if not self.ids:
            return {}
        self.env.flush_all()
        statement = self._get_states_sql(self.sudo().profile_id.partner_id.ids)  # ids only
        rows = self.env.execute_query(
            SQL(
                "SELECT id, state, missing::float FROM (%s) promises WHERE id IN %s",
                statement,
                tuple(self.ids),
            )
        )
        return {promise_id: (state, missing) for promise_id, state, missing in rows}

    @api.model
    def _get_states_sql(self, partner_ids=None):
        """Return SQL with the state of promises, each on the day of its company."""
        Exposure = self.env["credit.exposure"]
        return Exposure._get_of_today_sql(
            Exposure._make_scopes_of_today(partner_ids),
            Exposure._get_promises_sql,
            "profile_id IN (SELECT id FROM credit_profile WHERE company_id IN %s)",
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr not in WORKED_OUT:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        if query is None:
            raise ValueError(f"{field_expr} of a promise needs a query to join to")
        joined = query.make_alias(alias, "credit_promises")
        if joined not in query._joins:
            self.env.flush_all()  # the statement reads many models
            statement = self._get_states_sql()
            condition = SQL("%s = %s", SQL.identifier(joined, "id"), SQL.identifier(alias, "id"))
            query.add_join("LEFT JOIN", joined, SQL("(%s)", statement), condition)
        return SQL.identifier(joined, WORKED_OUT[field_expr])

    @api.model
    def _get_open_sql(self, alias):
        """Return the condition that a promise is open: what its customers paid is read, not what all did."""
        # days are no secret
        companies = self.env["res.company"].sudo().search([])  # pylint: disable=no-search-all
        grace = max(companies.mapped("credit_days_promise_grace"))
        since = min(self.env["res.company"]._credit_get_days()) - timedelta(grace)
        # of whom something is still to come, whoever may see it
        running = self.sudo().search([("date_promised", ">=", since), ("is_withdrawn", "=", False)])
        self.env.flush_all()  # the statement reads many models
        states = self._get_states_sql(running.partner_id.ids)
        return SQL("%s IN (SELECT id FROM (%s) s WHERE state = 'open')", SQL.identifier(alias, "id"), states)

    @api.depends("amount", "date_promised")
    @api.depends_context("lang")
    def _compute_words(self):
        for promise in self:
            promise.words = self.env._(
                "The customer pays %(amount)s by %(day)s.",
                amount=promise.currency_id.format(promise.amount),
                day=format_date(self.env, promise.date_promised, date_format="medium"),
            )

    # -- writing -----------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Override: whoever notes a promise is named on it.

        :raise AccessError: for one that is created as withdrawn
        """
        if not self.env.su:
            vals_list = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        promises = super().create(vals_list)
        if not self.env.su and any(promises.mapped("is_withdrawn")):
            raise AccessError(self.env._("A promise is withdrawn with a reason, by a credit controller."))
        return promises

    def write(self, vals):
        """Override: what was promised stays as it was noted.

        :raise UserError: naming the field
        """
        changed = (GIVEN | WITHDRAWN) & vals.keys()
        if changed and not self.env.su:
            label = self._fields[min(changed)]._description_string(self.env)
            raise UserError(
                self.env._(
                    "'%(field)s' of a promise cannot be changed: it is the record of what was promised. "
                    "Withdraw the promise and note a new one.",
                    field=label,
                )
            )
        return super().write(vals)

    def _withdraw(self, reason):
        """Take promises back: they no longer count, and the holds of their customers are looked at again.

        :param str reason: why; shown in the history
        :raise AccessError: without the rights of a credit controller
        :raise UserError: for a promise that was withdrawn already
        """
        if not self.env.su and not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(self.env._("Only credit controllers and credit managers withdraw promises."))
        self.check_access("write")
        if any(promise.is_withdrawn for promise in self):
            raise UserError(self.env._("This promise is withdrawn already."))
        promises = self.sudo()  # past the refusal to rewrite promises; the right was checked above
        promises.write({"is_withdrawn": True, "withdrawn_reason": reason})
        promises.profile_id._queue_recheck()
