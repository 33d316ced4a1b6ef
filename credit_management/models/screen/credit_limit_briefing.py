"""What an approver sees before the decision, and what was seen of it afterwards: nobody signs a blank sheet."""

from datetime import timedelta

from odoo import api, fields, models

from ..behaviour.credit_profile_trade import DAYS_OF_YEAR

# read together, as the list shows them; the others, with statements of their own, on the page
FIGURES_NOW = ("amount_now", "amount_overdue", "days_overdue_max")
FIGURES = (
    "amount_sales",
    "amount_highest",
    "payment_index",
    "has_payment_index",
    "amount_promised",
)


def seen(field_class, label, help_text, compute="_compute_briefing"):
    """Return a field of the briefing: of now while somebody has to decide, of then afterwards."""
    options = {"currency_field": "company_currency_id"} if field_class is fields.Monetary else {}
    return field_class(label, compute=compute, help=help_text, **options)


class CreditLimitRequest(models.Model):
    _inherit = "credit.limit.request"

    exposure_bar = fields.Json(related="profile_id.exposure_bar")
    rating_id = fields.Many2one(related="profile_id.rating_id")
    rating_color = fields.Integer(related="profile_id.rating_id.color", string="Rating Color")
    date_rating = fields.Date(related="profile_id.date_rating")
    group_words = fields.Char(
        "Credit Group", compute="_compute_group_words", help="What the limit of the credit group leaves."
    )
    amount_now = seen(fields.Monetary, "Exposure", "What the customer owes or will owe.", "_compute_now")
    amount_overdue = seen(fields.Monetary, "Overdue", "After netting of unallocated credits.", "_compute_now")
    days_overdue_max = seen(fields.Integer, "Days Overdue", "Of the oldest overdue item.", "_compute_now")
    amount_sales = seen(fields.Monetary, "Sales, 12 Months", "Invoices less credit notes of 12 months, tax included.")
    amount_highest = seen(
        fields.Monetary, "Highest Exposure", "The highest exposure of a day in 12 months, today included."
    )
    payment_index = seen(fields.Integer, "Payment Index", "80 pays on time, 50 a month late, 20 four months late.")
    has_payment_index = seen(fields.Boolean, "Has a Payment Index", "Off: fewer than three settled invoices.")
    amount_promised = seen(fields.Monetary, "Promised", "What is missing of the open promises to pay.")
    earlier_request_ids = fields.Many2many(
        "credit.limit.request",
        string="Earlier Requests",
        compute="_compute_earlier_request_ids",
        help="What was asked for the customer before.",
    )

    @api.depends("profile_id", "state", "figures")
    def _compute_now(self):
        for request in self:
            figures = request.figures or request.profile_id._get_briefing_now()
            request.update({name: figures.get(name, False) for name in FIGURES_NOW})

    @api.depends("profile_id", "state", "figures")
    def _compute_briefing(self):
        live = self.filtered(lambda request: not request.figures)
        known = live.profile_id._read_briefing()
        for request in self:
            figures = request.figures or known.get(request.profile_id._origin.id, {})
            request.update({name: figures.get(name, False) for name in FIGURES})

    @api.depends("profile_id")
    @api.depends_context("lang")
    def _compute_group_words(self):
        for request in self:
            group = request.profile_id.group_id
            is_capped = group.active and group.limit_type == "amount"
            request.group_words = is_capped and self.env._(
                "Whatever is approved, the credit group %(group)s caps it: its limit is %(limit)s, of which %(free)s "
                "is free.",
                group=group.name,
                limit=group.currency_id.format(group.amount_limit),
                free=group.currency_id.format(max(group.amount_available, 0.0)),
            )

    @api.depends("profile_id")
    def _compute_earlier_request_ids(self):
        for request in self:
            others = request.profile_id._origin.limit_request_ids - request._origin
            request.earlier_request_ids = others.filtered(
                lambda other, own=request: other.state != "draft" and (not own._origin or other.id < own._origin.id)
            )

    def _measure(self):
        """Override: with what the approver saw of the customer."""
        return {**super()._measure(), **self.profile_id._read_briefing()[self.profile_id.id]}


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_briefing_now(self):
        """Return what the customer owes, as it is in the list of requests."""
        return {
            "amount_now": self.amount_exposure,
            "amount_overdue": self.amount_overdue,
            "days_overdue_max": self.days_overdue_max,
        }

    def _read_briefing(self):
        """Return ``{id: {figure: value}}`` of what is looked at before a limit is given, for all of these at once."""
        profiles = self._origin
        sales, highest, promised = profiles._get_sales(), profiles._get_highest(), profiles._get_promised()
        return {
            profile.id: {
                **profile._get_briefing_now(),
                "amount_sales": sales.get(profile.id, 0.0),
                "amount_highest": max(highest.get(profile.id, 0.0), profile.amount_exposure),
                "payment_index": profile.payment_index,
                "has_payment_index": profile.has_payment_index,
                "amount_promised": promised.get(profile.id, 0.0),
            }
            for profile in profiles
        }

    def _get_highest(self):
        """Return ``{id: amount}``: the highest exposure of each profile in a year of days that were kept."""
        first = min((profile.company_id._credit_today() for profile in self), default=None)
        if not first:
            return {}
        domain = [("profile_id", "in", self.ids), ("date", ">", first - timedelta(days=DAYS_OF_YEAR))]
        # a figure of the profile, whoever may read the days
        groups = self.env["credit.snapshot"].sudo()._read_group(domain, ["profile_id"], ["amount_exposure:max"])
        return {profile.id: amount for profile, amount in groups}

    def _get_promised(self):
        """Return ``{id: amount}``: what is missing of the open promises of each profile, in company currency."""
        promised = {}
        # a figure of the profile, whoever may read promises
        Promise = self.env["credit.promise"].sudo()
        for promise in Promise.search([("profile_id", "in", self.ids), ("state", "=", "open")]):
            share = promise.amount_missing / promise.amount * promise.amount_company
            promised[promise.profile_id.id] = promised.get(promise.profile_id.id, 0.0) + share
        return promised
