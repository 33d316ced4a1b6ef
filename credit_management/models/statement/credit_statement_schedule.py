"""Schedules: to whom statements go on which day of the month, once per period, also when the job runs twice."""

from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import email_normalize, format_date

from ...engine.aging import add_months
from .credit_statement_sending import BATCH


class CreditStatementSchedule(models.Model):
    _name = "credit.statement.schedule"
    _description = "Schedule of Statements"
    _inherit = ["credit.schedule.mixin"]
    _order = "date_next, id"

    name = fields.Char(required=True, help="What the schedule is called in lists.")
    active = fields.Boolean(default=True, help="Archived schedules make no statements.")
    company_id = fields.Many2one(help="Whose customers.")
    customer_domain = fields.Char(
        "Customers", default="[]", help="Which credit files get a statement; of those with nothing open none is made."
    )
    kind = fields.Selection(
        lambda self: self.env["credit.statement"]._get_offered_kinds(),
        required=True, default="open", help="Open items as of the day, or the movements of the month before as well.",
    )
    is_sent = fields.Boolean(
        "Send by E-mail", help="The statements are sent. Else they are drafts, which somebody sends or deletes."
    )
    preview = fields.Char("What It Does Next", compute="_compute_preview", help="As of now: to how many, as of when.")
    statement_count = fields.Integer("Statements", compute="_compute_statement_count", help="Made by this schedule.")

    def _compute_statement_count(self):
        counts = dict(
            self.env["credit.statement"]._read_group([("schedule_id", "in", self.ids)], ["schedule_id"], ["__count"])
        )
        for schedule in self:
            schedule.statement_count = counts.get(schedule, 0)

    @api.constrains("customer_domain")
    def _check_customers(self):
        for schedule in self:
            try:
                schedule._find_profiles().ids  # noqa: B018 - it is read to see whether it can be
            except (ValueError, SyntaxError, TypeError, KeyError) as error:
                raise ValidationError(
                    self.env._("The customers of “%(schedule)s” cannot be found: choose them anew with the editor of "
                               "the filter.", schedule=schedule.name)
                ) from error

    # -- for whom, of when -------------------------------------------------------------------------

    def _find_profiles(self):
        """Return the credit files of the customers that are chosen, whoever looks."""
        Profile = self.company_id._credit_for_condition(self.env["credit.profile"])
        return Profile.search(
            Domain("company_id", "=", self.company_id.id) & Domain(literal_eval(self.customer_domain or "[]"))
        )

    def _get_period(self, day):
        """Return the first and the last day of what is stated on a day of the schedule."""
        last = self._get_as_of(day)
        return last.replace(day=1) if self.is_as_of_month_end else add_months(day, -1), last

    def _find_customers(self, day):
        """Return the customers who get a statement on a day of the schedule: those with something open, or moved."""
        first, last = self._get_period(day)
        partners = self._find_profiles().partner_id
        done = self.env["credit.statement"].sudo().search(  # as the job sees them
            [("schedule_id", "=", self.id), ("date", "=", last)]
        ).partner_id
        # as the job sees them: who may make schedules, sees all customers of the company
        Statement = self.env["credit.statement"].sudo()
        rows = Statement._read_lines(partners - done, self.company_id, self.kind, last, first)
        return partners.browse(partner.id for partner in partners if rows.get(partner.id))

    @api.depends("customer_domain", "kind", "day_of_month", "is_as_of_month_end", "is_sent", "date_next")
    def _compute_preview(self):
        for schedule in self:
            try:
                schedule.preview = schedule._get_preview() if schedule.date_next else False
            except (ValueError, SyntaxError, TypeError, KeyError):
                schedule.preview = False  # `_check_customers` says so when it is saved

    def _get_preview(self):
        schedule = self._origin or self
        customers = self._find_customers(self.date_next)
        lost = customers.filtered(lambda partner: not email_normalize(partner._credit_get_accounting_contact().email))
        values = {
            "date": format_date(self.env, self.date_next), "count": len(customers), "lost": len(lost),
            "last": format_date(self.env, self._get_period(self.date_next)[1]),
        }
        text = self.env._("On %(date)s: %(count)s customers get a statement as of %(last)s.", **values)
        if schedule.is_sent and lost:
            text += " " + self.env._("%(lost)s of them have no e-mail address: theirs stay drafts.", **values)
        return text

    def action_preview(self):
        """Open the credit files of the customers who get a statement next."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who Gets a Statement"),
            "res_model": "credit.profile",
            "views": [(False, "list"), (False, "form")],
            "domain": [("company_id", "=", self.company_id.id),
                       ("partner_id", "in", self._find_customers(self.date_next).ids)],
        }

    def action_open_statements(self):
        """Open the statements that the schedule has made."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Statements"),
            "res_model": "credit.statement",
            "views": [(False, "list"), (False, "form")],
            "domain": [("schedule_id", "=", self.id)],
        }

    # -- the job -----------------------------------------------------------------------------------

    @api.model
    def _cron_make(self):
        """Make what is due, in batches. A period is made once: who has its statement is left out."""
        self._run_due()

    def _make_batch(self):
        """Override of the mixin: the statements of some customers, sent where that is wanted."""
        day = self.date_next
        customers = self._find_customers(day)[:BATCH]
        if not customers:
            return False
        first, last = self._get_period(day)
        statements = self.env["credit.statement"]._make(
            customers, self.company_id, self.kind, last, first, schedule_id=self.id
        )
        if self.is_sent:
            statements.filtered(lambda statement: email_normalize(statement.recipient_id.email)).action_send()
        return bool(statements)


class CreditStatement(models.Model):
    _inherit = "credit.statement"

    schedule_id = fields.Many2one(
        "credit.statement.schedule", readonly=True, index="btree_not_null", ondelete="restrict", help="Made by it."
    )

    _once_per_period = models.UniqueIndex(
        "(schedule_id, partner_id, date) WHERE schedule_id IS NOT NULL",
        "The schedule has made the statement of this customer and day already.",
    )
