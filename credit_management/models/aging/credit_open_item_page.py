"""A page of an aging: groups, the total of all, their number, and the tie to the ledger, in one statement."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date, format_datetime

from ...engine.aging import MAX_COLUMNS
from .credit_open_item_tie import Tie
from .file_formats import find_slow
from .over_all import Sum, over_all

COLUMNS = tuple(f"amount_{number}" for number in range(1, MAX_COLUMNS + 1))
SUMS = (
    "amount_total", "amount_credits", "amount_advance", "amount_beside", *COLUMNS,
    "amount_received_since", "amount_credited_since", "amount_covered",
)
SHOWN_BESIDE = ("amount_credits", "amount_advance", "amount_beside")  # columns beside those of ages
# up to when a replica has what was written, or when it was started; NULL on the database itself
REPLICA_SQL = SQL(
    "CASE WHEN pg_is_in_recovery() THEN COALESCE(pg_last_xact_replay_timestamp(), pg_postmaster_start_time()) "
    "AT TIME ZONE 'UTC' END"
)
BESIDE = ("exchange", "nobody", "other")  # kinds that the ledger has and no column
# who sees the items of all customers; `security/credit_aging_security.xml` says the same in rules
SEES_ALL = (
    "account.group_account_readonly",
    "account.group_account_invoice",
    "sales_team.group_sale_salesman_all_leads",
)


class CreditOpenItem(models.Model):
    _inherit = "credit.open.item"

    @api.model
    @api.readonly
    def web_read_group(self, domain, groupby, aggregates=(), limit=None, offset=0, order=None, **kwargs):
        """Override of `web` to return, beside the page, what stands around it: see `_read_summary`."""
        read = super(CreditOpenItem, self._join_asked(groupby)).web_read_group
        result = read(domain, groupby, aggregates, limit, offset, order, **kwargs)
        limits = {}
        if groupby[0] == "group_id":
            groups = [group["group_id"] for group in result["groups"]]
            limits = self._read_limits([group[0] for group in groups if group])
        return {**result, "aging": {**result["groups"].summary, "limits": limits}}

    @api.model
    def _read_limits(self, group_ids):
        """Return ``{id of a credit group: its limit in words}``, for who may read it."""
        found = self.env["credit.group"].browse(filter(None, group_ids))
        if not found.has_access("read"):
            return {}
        labels = dict(found._fields["limit_type"]._description_selection(self.env))
        return {
            group.id: group.currency_id.format(group.amount_limit) if group.limit_type == "amount"
            else labels[group.limit_type]
            for group in found
        }

    @api.model
    @api.readonly
    def read_summary(self, domain=()):
        """Return what stands around an aging: titles of its columns, totals, tie to the ledger, what is left out.

        For programs; the day and the columns are chosen by the context (`credit_aging_as_of`, `credit_aging_set`, …).

        :param domain: which open items
        :rtype: dict
        """
        return self._read_summary(domain)

    @api.model
    @api.readonly
    def read_tie(self):
        """Return the tie of all open items to the ledger; nothing to who does not see all of them.

        To add the ledger up takes as long as the page itself: a screen that has `credit_aging_is_tie_apart` in its
        context gets the page without it, and asks for it here.

        :rtype: list[dict]
        """
        tie = Summary(self, ()).tie
        return tie.read_rows() if tie else []

    @api.model
    def _read_summary(self, domain):
        summary = Summary(self, domain)
        [row] = self._read_group(domain, [], summary.specs)
        return summary.make(row)

    @api.model
    def _formatted_read_group_with_length(self, domain, groupby, aggregates, offset=0, limit=None, order=None):
        """Override of `web`: the statement of the groups brings their number and the totals of all along."""
        aggregates, summary = tuple(aggregates), Summary(self, domain)
        rows = self._read_group(
            domain, groupby, (*map(summary.without_empty, aggregates), *summary.specs),
            offset=offset, limit=limit, order=order or ", ".join(groupby),
        )
        width = len(groupby) + len(aggregates)
        page = Page(self._web_read_group_format(groupby, aggregates, [row[:width] for row in rows]))
        page.summary = summary.make(rows[0][width:]) if rows else self._read_summary(domain)
        return page, page.summary["groups"] if rows else 0

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Override of `base`: what is summed up over all groups, and what the ledger says."""
        if isinstance(aggregate_spec, Sum):
            return aggregate_spec.sql(self, query)
        if aggregate_spec.endswith(":sum_currency") and not self.env.context.get("credit_aging_in_document_currency"):
            return SQL("NULL::numeric")  # one currency is shown: nothing is to be converted once more
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _read_group_postprocess_aggregate(self, aggregate_spec, raw_values):
        if isinstance(aggregate_spec, Sum):
            return list(raw_values)
        return super()._read_group_postprocess_aggregate(aggregate_spec, raw_values)


class Page(list):
    """Groups, with what stands around them."""

    summary = None


class Summary:
    """What stands around an aging: which sums are asked for with its groups, and what is made of them."""

    def __init__(self, model, domain):
        self.model, self.env, self.domain = model, model.env, Domain(domain or Domain.TRUE)
        self.options = model._get_options()
        self.companies = self.env.companies._credit_company().sudo()  # that of a branch may not be among the user's
        self.sees_all = any(self.env.user.has_group(group) for group in SEES_ALL)
        self.is_whole = self.sees_all and self.domain.is_true()
        self.tie = Tie(self) if self.is_whole else None
        # a screen shows the page, and asks for the tie beside it: `read_tie`
        self.is_tie_apart = self.is_whole and bool(model.env.context.get("credit_aging_is_tie_apart"))
        self.sums = dict(self._list_sums())
        self.specs = tuple(Sum(name, build) for name, build in self.sums.items())

    def without_empty(self, spec):
        """Return the name of an aggregate; of an amount in which nothing can stand, what is nothing."""
        name, _colon, function = spec.partition(":")
        is_empty = function == "sum" and name in SUMS and not self.options.shows(name)
        return Sum(spec, lambda _field: SQL("0::float")) if is_empty else spec

    def _list_sums(self):
        yield "groups", lambda _field: SQL("COUNT(*) OVER ()")
        yield "count", lambda field: SQL(
            "(SUM(COUNT(*) FILTER (WHERE %s = 1)) OVER ())::int", field("part")  # the parts of an item are one
        )
        yield "replica", lambda _field: REPLICA_SQL
        for name in filter(self.options.shows, SUMS):
            yield name, over_all(name)
        for kind in BESIDE:
            yield f"kind {kind}", over_all("amount_total", lambda field, kind=kind: SQL("%s = %s", field("kind"), kind))
        if self.tie and not self.is_tie_apart:
            yield from self.tie.list_sums()

    # -- what is made of them ----------------------------------------------------------------------

    def make(self, row):
        """Return what stands around the aging.

        :param row: the sums, in the order of `specs`
        :rtype: dict
        """
        options, found = self.options, dict(zip(self.sums, row, strict=True))
        shown = self.model._get_shown_currency()
        return {
            "as_of": str(options.as_of),
            "as_of_text": format_date(self.env, options.as_of),
            "columns": [
                {"name": name, "title": title, "is_due": column.is_due}
                for name, title, column in zip(COLUMNS, options.titles, options.buckets.columns, strict=False)
            ],
            "basis": options.basis,
            "basis_text": dict(self.env["credit.bucket.set"]._fields["basis"]._description_selection(self.env))[
                options.basis
            ],
            "is_planned": options.is_planned,
            "is_netted": options.is_netted,
            "in_document_currency": options.in_document_currency,
            "currency_id": shown.id,
            "groups": found["groups"] or 0,
            "count": found["count"] or 0,
            "totals": {name: shown.round(found.get(name, 0.0)) for name in SUMS},
            "beside": [
                {"kind": kind, "label": self._get_kind_label(kind), "amount": shown.round(found[f"kind {kind}"])}
                for kind in BESIDE if not shown.is_zero(found[f"kind {kind}"])
            ],
            "by_currency": self._read_by_currency() if options.in_document_currency else [],
            "tie": self.tie.make(found) if self.tie and not self.is_tie_apart else [],
            "is_tie_apart": self.is_tie_apart,
            "notes": self._make_notes(found),
            "slow_files": find_slow(found["groups"] or 0, found["count"] or 0),
        }

    def _get_kind_label(self, kind):
        return dict(self.model._fields["kind"]._description_selection(self.env))[kind]

    def _read_by_currency(self):
        """Return the totals of each document currency: different ones do not add up."""
        rows = self.model._read_group(self.domain, ["currency_id"], [f"{name}:sum" for name in SUMS])
        return [
            {"currency_id": currency.id, "totals": dict(zip(SUMS, map(currency.round, values), strict=True))}
            for currency, *values in rows
        ]

    def _make_notes(self, found):
        """Return what a reader should know: what is left out, converted, or not there."""
        _, notes = self.env._, []
        total = self.env["res.company"].sudo().search_count([("parent_id", "=", False)])  # how many, not which
        if len(self.companies) < total:
            notes.append(_("%(some)s of %(all)s companies", some=len(self.companies), all=total))
        if not self.sees_all:
            notes.append(_("Your customers only"))
        elif not self.is_whole:
            notes.append(_("Filtered: a part of the receivables, which is not compared with the ledger"))
        notes += self._make_rate_notes()
        if self.tie and not self.tie.accounts:
            notes.append(_("There are no receivable accounts: set up the chart of accounts first."))
        elif not found["count"]:
            notes.append(self._get_nothing_text())
        if found["replica"]:
            instant = format_datetime(self.env, found["replica"], dt_format="medium")
            notes.append(_("Read on the replica, as it was at %(time)s", time=instant))
        return notes

    def _get_nothing_text(self):
        """Return that nothing was open; and on which day the first entry is, where that is later."""
        as_of, accounts = self.options.as_of, self.env["account.account"]._credit_get_accounts().ids
        [(first,)] = self.env.execute_query(
            SQL(
                "SELECT MIN(date) FROM account_move_line WHERE account_id IN %s AND parent_state = 'posted' "
                "AND company_id IN %s", accounts, tuple(self.env.companies.ids),
            )
        )
        if not first or first <= as_of:
            return self.env._("Nothing was open on %(day)s.", day=format_date(self.env, as_of))
        return self.env._(
            "Nothing was open on %(day)s: the first entry is of %(first)s. Choose that day or a later one.",
            day=format_date(self.env, as_of), first=format_date(self.env, first),
        )

    def _make_rate_notes(self):
        if self.options.in_document_currency:
            return []
        shown = self.model._get_shown_currency()
        return [
            self.env._(
                "%(company)s: converted at 1 %(currency)s = %(rate)s %(shown)s", company=company.name,
                currency=company.currency_id.name, rate=f"{rate:.6g}", shown=shown.name,
            )
            for company, rate in self.model._get_rates(self.options).items()
        ]
