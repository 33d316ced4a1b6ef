"""How an aging is asked for: the context of a request says it, so filters and favourites keep it."""

from dataclasses import dataclass
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.aging import BucketSet
from .credit_bucket_set import BASES

JOINED = ("tags", "analytic_account_id")  # what is joined only where somebody asks for it

FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True)
class AgingOptions:
    """As of which day, in which columns, counted from which day, in which money."""

    as_of: date
    buckets: BucketSet
    titles: tuple[str, ...]
    basis: str  # of `BASES`
    is_netted: bool  # whether a customer's credits are taken off its oldest items
    in_document_currency: bool
    is_since_shown: bool  # whether it is asked what settled the items after the day
    is_cover_shown: bool  # whether it is asked what is covered of them
    joined: frozenset[str]  # of `JOINED`: what is asked for of them
    plan_id: int  # of analytic accounts: see `_get_asked_plan`

    @property
    def is_planned(self):
        """Whether original and planned dates are asked for."""
        return self.basis in ("original", "planned")

    @property
    def is_shared(self):
        """Whether items are shared out over analytic accounts: a row is a part of an item."""
        return "analytic_account_id" in self.joined

    def shows(self, name):
        """Tell whether anything can stand in an amount: in a column beyond the set, and not asked for, is nothing."""
        if name.startswith("amount_") and name[7:].isdigit():
            return int(name[7:]) <= len(self.titles)
        if name == "amount_covered":
            return self.is_cover_shown
        return self.is_since_shown or not name.endswith("_since")


class CreditAgingOptions(models.AbstractModel):
    _name = "credit.aging.options"
    _description = "How an aging is asked for"

    @api.model
    def _get_options(self):
        """Return what the context asks for; else the first set of columns, as of today.

        :rtype: AgingOptions
        :raise UserError: when it asks for what there is not
        """
        get, buckets = self.env.context.get, self._get_asked_buckets()
        basis = get("credit_aging_basis") or buckets.basis
        if basis not in dict(BASES):
            raise UserError(self.env._("Aged receivables cannot count from “%(basis)s”.", basis=basis))
        joined = frozenset(get("credit_aging_by") or ()) & frozenset(JOINED)
        return AgingOptions(
            self._get_asked_day(), buckets._make_buckets(), tuple(buckets._get_titles(basis)), basis,
            bool(get("credit_aging_is_netted")), bool(get("credit_aging_in_document_currency")),
            bool(get("credit_aging_is_since_shown")), bool(get("credit_aging_is_cover_shown")),
            joined, self._get_asked_plan().id if "analytic_account_id" in joined else 0,
        )

    @api.model
    def _get_asked_plan(self):
        """Return the plan of the analytic accounts that are grouped by: an invoice is distributed once in each plan, so
        the accounts of several would count it twice. The first one, unless the context names another."""
        plans = self._get_offered_plans()
        asked = self.env.context.get("credit_aging_plan")
        return plans.filtered(lambda plan: plan.id == asked) or plans[:1]

    @api.model
    def _get_offered_plans(self):
        # whoever reads the report need not see plans
        return self.env["account.analytic.plan"].sudo().search([("parent_id", "=", False)])

    @api.model
    def _get_asked_day(self):
        asked = self.env.context.get("credit_aging_as_of")
        try:
            day = fields.Date.to_date(asked) or self.env.company._credit_today()
        except (ValueError, TypeError):
            day = None
        if not day or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise UserError(
                self.env._("Receivables cannot be shown as of “%(day)s”. Enter a day as 2026-09-30.", day=asked)
            )
        return day

    @api.model
    def _get_asked_buckets(self):
        offered = self.env["credit.bucket.set"]._get_offered()
        asked = self.env.context.get("credit_aging_set")
        found = offered.filtered(lambda buckets: buckets.id == asked) if asked else offered[:1]
        if not found and asked:
            raise UserError(
                self.env._("The columns that were asked for are archived, or another company's. Choose other ones.")
            )
        if not found:
            raise UserError(
                self.env._(
                    "There are no columns to sort receivables into: create some in Credit Management → "
                    "Configuration → Aging Columns."
                )
            )
        return found
