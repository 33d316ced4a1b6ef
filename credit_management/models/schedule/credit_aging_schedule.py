"""Aged receivables by e-mail: who gets which, on which day, in which form."""

from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import email_normalize, format_date, format_list

from ..aging.file_formats import FORMATS

GROUPINGS = (
    "partner_id", "group_id", "user_id", "team_id", "rating_id", "country_id", "company_id", "currency_id",
    "account_id", "kind", "tags", "analytic_account_id",
)
WEEKDAYS = [
    ("0", "Monday"), ("1", "Tuesday"), ("2", "Wednesday"), ("3", "Thursday"), ("4", "Friday"), ("5", "Saturday"),
    ("6", "Sunday"),
]
# switches of the screen: `credit_aging_…` in its context
SWITCHES = ("is_netted", "in_document_currency", "is_since_shown", "is_cover_shown")
# who changes one of these decides what is read and who gets it: it is read with his rights from then on
DECIDING = {
    "partner_ids", "company_id", "company_ids", "domain", "groupby", "bucket_set_id", "basis", *SWITCHES,
    *(f"is_{kind}" for kind in FORMATS),
}
OWN = {"user_id", "is_once", "date_as_of"}  # what nobody sets by hand


class CreditAgingSchedule(models.Model):
    _name = "credit.aging.schedule"
    _description = "Aged Receivables by E-mail"
    _inherit = ["credit.schedule.mixin", "mail.activity.mixin"]
    _order = "date_next, id"

    name = fields.Char(required=True, help="What the schedule is called in lists.")
    active = fields.Boolean(default=True, help="Archived schedules mail nothing.")
    user_id = fields.Many2one(
        "res.users", "Read With the Rights Of", required=True, readonly=True, default=lambda self: self.env.user,
        index=True, ondelete="cascade", tracking=True,
        help="What this user does not see is not sent. Whoever changes recipients or content takes this user's place.",
    )
    company_ids = fields.Many2many(
        "res.company", string="Companies", default=lambda self: self.env.companies, help="Whose receivables are read."
    )
    partner_ids = fields.Many2many(
        "res.partner", string="Recipients", tracking=True,
        help="Who gets an e-mail each, in the own language. They see all that is in the files.",
    )
    every = fields.Selection(
        [("month", "Month"), ("week", "Week")], required=True, default="month", help="Once in a month or in a week."
    )
    weekday = fields.Selection(WEEKDAYS, required=True, default="0", help="The day of the week.")
    is_pdf = fields.Boolean("PDF of Totals", default=True, help="Pages with a row per group.")
    is_pdf_items = fields.Boolean("PDF With Open Items", help="Pages with each group's open items.")
    is_xlsx = fields.Boolean("Excel", help="A workbook: groups fold to their open items.")
    is_csv = fields.Boolean("CSV", help="Open items as plain rows.")
    domain = fields.Char("Filter", default="[]", help="Which open items.")
    groupby = fields.Selection(
        lambda self: [
            (name, self.env["credit.open.item"]._fields[name]._description_string(self.env)) for name in GROUPINGS
        ],
        "Group By", required=True, default="partner_id", help="What a row of totals stands for.",
    )
    bucket_set_id = fields.Many2one(
        "credit.bucket.set", "Columns", ondelete="restrict", help="Empty: the set that aged receivables open with."
    )
    basis = fields.Selection(
        lambda self: self.env["credit.bucket.set"]._fields["basis"]._description_selection(self.env), "Counted From",
        help="The day from which is counted. Empty: as the columns have it.",
    )
    is_netted = fields.Boolean("Credits Netted", help="Credits are taken off what is due first.")
    in_document_currency = fields.Boolean("Document Currency", help="A row of totals for each currency.")
    is_since_shown = fields.Boolean("Received Since", help="What was received since the day of the aging.")
    is_cover_shown = fields.Boolean("Covered", help="What insurances and guarantees cover of open items.")
    is_once = fields.Boolean(readonly=True, help="A file that was asked for and took too long to wait for.")
    date_as_of = fields.Date(readonly=True, help="As of which day the file was asked for.")
    preview = fields.Char("What It Does Next", compute="_compute_preview", help="As of now: what goes to whom.")
    mailing_count = fields.Integer("Mailed", compute="_compute_mailing_count", help="What you may open of it.")

    # -- who, with whose rights ----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: what a schedule reads, it reads with the rights of who makes it."""
        if not self.env.su:
            self.env["credit.open.item"]._check_may_export()
            vals_list = [{**_without_own(vals), "user_id": self.env.uid} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: who changes what is read, or who gets it, has it read with the own rights."""
        if self.env.su:
            return super().write(vals)
        vals = _without_own(vals)
        if DECIDING & set(vals):
            self.env["credit.open.item"]._check_may_export()
            vals["user_id"] = self.env.uid
        return super().write(vals)

    @api.constrains("partner_ids", "is_once")
    def _check_recipients(self):
        for schedule in self.filtered(lambda schedule: not schedule.is_once):
            if not schedule.partner_ids:
                raise ValidationError(self.env._("Choose at least one recipient of “%(schedule)s”: aged receivables "
                                                 "are mailed to nobody else.", schedule=schedule.name))
            if lost := schedule._find_lost():
                raise ValidationError(schedule._get_lost_text(lost))

    @api.constrains("is_pdf", "is_pdf_items", "is_xlsx", "is_csv")
    def _check_kinds(self):
        for schedule in self:
            if not schedule._get_kinds():
                raise ValidationError(self.env._("Choose at least one kind of file for “%(schedule)s”.",
                                                 schedule=schedule.name))

    @api.constrains("domain")
    def _check_domain(self):
        for schedule in self:
            try:
                schedule._get_domain().validate(self.env["credit.open.item"])
            except (ValueError, SyntaxError, TypeError, KeyError) as error:
                raise ValidationError(self.env._("The open items of “%(schedule)s” cannot be found: choose them anew "
                                                 "with the editor of the filter.", schedule=schedule.name)) from error

    def _get_domain(self):
        return Domain(literal_eval(self.domain or "[]"))

    def _get_kinds(self):
        """Return the kinds of files that are made."""
        return [kind for kind in FORMATS if self[f"is_{kind}"]]

    def _find_lost(self):
        """Return the recipients that no e-mail reaches."""
        return self.partner_ids.filtered(lambda partner: not email_normalize(partner.email))

    def _get_lost_text(self, lost):
        return self.env._(
            "There is no e-mail address of: %(names)s. Enter one on the contact, or choose somebody else.",
            names=", ".join(lost.mapped("display_name")),
        )

    # -- when ----------------------------------------------------------------------------------------

    @api.depends("day_of_month", "company_id", "every", "weekday")
    def _compute_date_next(self):
        """Override of the mixin: a week's day as well."""
        super()._compute_date_next()

    def _find_next(self, after):
        """Override of the mixin: a week's day as well."""
        if self.every != "week":
            return super()._find_next(after)
        return fields.Date.add(after, days=(int(self.weekday or 0) - after.weekday() - 1) % 7 + 1)

    def _get_as_of(self, day):
        """Override of the mixin: what was asked for once is as of the day that was asked for."""
        return self.date_as_of or super()._get_as_of(day)

    @api.depends("date_next", "partner_ids", "user_id", "is_as_of_month_end", "is_pdf", "is_pdf_items", "is_xlsx",
                 "is_csv")
    def _compute_preview(self):
        for schedule in self:
            schedule.preview = schedule._get_preview() if schedule.date_next else False

    def _get_preview(self):
        lost = self._find_lost()
        if not self.partner_ids - lost:
            return self._get_lost_text(lost) if lost else False
        text = self.env._(
            "On %(date)s, as of %(as_of)s: %(files)s to %(names)s. Read with the rights of %(user)s.",
            date=format_date(self.env, self.date_next), as_of=format_date(self.env, self._get_as_of(self.date_next)),
            files=format_list(self.env, [str(self.env._(FORMATS[kind].label)) for kind in self._get_kinds()]),
            names=format_list(self.env, (self.partner_ids - lost).mapped("name")), user=self.user_id.name,
        )
        return f"{text} {self._get_lost_text(lost)}" if lost else text

    def _compute_mailing_count(self):
        Mailing = self.env["credit.aging.mailing"]
        counts = dict(Mailing._read_group([("schedule_id", "in", self.ids)], ["schedule_id"], ["__count"]))
        for schedule in self:
            schedule.mailing_count = counts.get(schedule, 0)

    def action_open_mailings(self):
        """Open what was mailed, of what the user may open."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mailed"),
            "res_model": "credit.aging.mailing",
            "views": [(False, "list"), (False, "form")],
            "domain": [("schedule_id", "=", self.id)],
        }


def _without_own(vals):
    return {name: value for name, value in vals.items() if name not in OWN}
