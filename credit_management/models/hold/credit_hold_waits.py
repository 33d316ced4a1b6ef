"""What a hold waits for: an answer, a limit, money, or the controller; and which of them will soon be free."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

DAYS_SOON = 7  # what is promised for this week frees by itself: the morning's list need not look at it

WAITS = [
    ("controller", "Credit controller"),
    ("sales", "Answer of sales"),
    ("limit", "Limit decision"),
    ("payment", "Payment"),
]


class CreditHold(models.Model):
    _inherit = "credit.hold"

    waits_for = fields.Selection(
        WAITS,
        compute="_compute_waits_for",
        search="_search_waits_for",
        group_expand=True,
        help="Answer of sales: the controller has asked something. Limit decision: a limit was requested for it. "
        "Payment: the customer has promised to pay, and nobody asks for a release. Else the credit controller decides.",
    )
    is_cured_soon = fields.Boolean(
        "Cured Soon",
        compute="_compute_is_cured_soon",
        search="_search_is_cured_soon",
        help="The customer has promised to pay within a week as much as it is over the limit, and what is overdue.",
    )
    limit_request_ids = fields.One2many("credit.limit.request", "hold_id", "Limit Requests", readonly=True)
    limit_request_id = fields.Many2one(
        "credit.limit.request", "Limit Requested", compute="_compute_limit_request_id", help="Waits for a decision."
    )
    date_last_payment = fields.Date(
        "Last Payment", compute="_compute_date_last_payment", help="The last day on which the customer paid."
    )
    is_vip = fields.Boolean(related="profile_id.is_vip")

    @api.depends("state", "is_requested", "question_activity_id", "limit_request_ids.state")
    def _compute_waits_for(self):
        found = self._origin._read_waits()
        for hold in self:
            hold.waits_for = found.get(hold._origin.id, False)

    def _read_waits(self):
        """Return ``{id: what it waits for}`` in one statement."""
        if not self.ids:
            return {}
        self.env.flush_all()
        waits = self._get_waits_sql(SQL.identifier(self._table))
        statement = SQL("SELECT id, %s FROM credit_hold WHERE id IN %s", waits, tuple(self.ids))
        return dict(self.env.execute_query(statement))

    @api.model
    def _search_waits_for(self, operator, value):
        field = self._fields["waits_for"]
        return Domain.custom(
            to_sql=lambda model, alias, query: field.condition_to_sql("waits_for", operator, value, model, alias, query)
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "waits_for":
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        self.env.flush_all()  # the statement reads many models
        return self._get_waits_sql(SQL.identifier(alias))

    @api.model
    def _get_waits_sql(self, hold):
        """Return SQL for what a hold waits for; NULL once it is closed.

        :param SQL hold: the alias of the holds
        """
        return SQL(
            """
            CASE WHEN %(hold)s.state <> 'open' THEN NULL
                 WHEN %(hold)s.question_activity_id IS NOT NULL THEN 'sales'
                 WHEN EXISTS (SELECT FROM credit_limit_request asked
                               WHERE asked.hold_id = %(hold)s.id AND asked.state = 'submitted') THEN 'limit'
                 WHEN %(hold)s.is_requested IS NOT TRUE AND %(hold)s.profile_id IN (
                      SELECT promised.profile_id FROM (%(promises)s) promised WHERE promised.state = 'open')
                      THEN 'payment'
                 ELSE 'controller' END
            """,
            hold=hold,
            promises=self.env["credit.promise"]._get_states_sql(),
        )

    # -- soon ----------------------------------------------------------------------------------------

    @api.depends("state", "amount_over")
    def _compute_is_cured_soon(self):
        soon = self._origin._get_cured_soon()
        for hold in self:
            hold.is_cured_soon = hold._origin in soon

    @api.model
    def _search_is_cured_soon(self, operator, value):
        if operator != "in":
            return NotImplemented
        promised = self.env["credit.promise"]._get_promised_until(DAYS_SOON)
        waiting = self.search([("state", "=", "open"), ("profile_id", "in", list(promised))])
        return [("id", "in", waiting._get_cured_soon(promised).ids)]

    def _get_cured_soon(self, promised=None):
        """Return those of these holds that fall by what is promised for the next days.

        :param dict promised: see `credit.promise._get_promised_until`
        """
        if promised is None:
            promised = self.env["credit.promise"]._get_promised_until(DAYS_SOON)
        return self.filtered(
            lambda hold: hold.state == "open"
            and not hold.is_forced
            and hold.account_status != "stop"
            and promised.get(hold.profile_id.id, 0.0)
            >= max(hold.amount_over, hold.amount_overdue, hold.currency_id.rounding)
        )

    # -- of the customer -----------------------------------------------------------------------------

    @api.depends("limit_request_ids.state")
    def _compute_limit_request_id(self):
        for hold in self:
            waiting = hold.limit_request_ids.filtered(lambda request: request.state == "submitted")
            hold.limit_request_id = waiting[:1]

    @api.depends("profile_id")
    def _compute_date_last_payment(self):
        paid = self.profile_id._get_last_payments()
        for hold in self:
            hold.date_last_payment = paid.get(hold.profile_id.id)


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    is_vip = fields.Boolean("VIP", tracking=True, help="A customer whose documents are looked at first; nothing else.")


class CreditPromise(models.Model):
    _inherit = "credit.promise"

    @api.model
    def _get_promised_until(self, days):
        """Return ``{profile id: amount}`` that is promised for the next days and has not come, in company currency."""
        promised = {}
        for promise in self.search([("state", "=", "open")]):
            last = promise.company_id._credit_today() + timedelta(days=days)
            if promise.date_promised <= last:
                share = promise.amount_missing / promise.amount * promise.amount_company
                promised[promise.profile_id.id] = promised.get(promise.profile_id.id, 0.0) + share
        return promised
