"""What several methods would grant a customer, side by side with what they read: a proposal, never a limit."""

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang
from odoo.tools.translate import LazyTranslate

from ...engine import limit_methods as engine
from ...engine.financials import Financials

_lt = LazyTranslate(__name__)
YEARS_VALID = 2  # older financial statements say nothing of today
METHODS = {
    "net_worth": _lt("Net Worth"),
    "working_capital": _lt("Net Current Assets"),
    "turnover": _lt("Our Sales to the Customer"),
    "payment_history": _lt("Payment History"),
}


@dataclass(frozen=True)
class Proposal:
    """What the methods say, alone and together, in company currency."""

    methods: tuple
    combined: engine.Combined
    financials: object  # the record that was read, or an empty one


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_limit_proposal(self):
        """Return the `Proposal` for one customer, of today."""
        self.ensure_one()
        company, found = self.company_id, self._get_latest_financials()
        methods = (*self._propose_by_financials(found), *self._propose_by_trade())
        cap = engine.own_cap((company._credit_get_own_sales(), company.credit_percent_cap)) if (
            company.credit_percent_cap
        ) else None
        combined = engine.combine(methods, company.credit_combined, cap=cap, step=company.credit_amount_step)
        return Proposal(methods, combined, found)

    def _get_latest_financials(self):
        """Return the newest financial statements of the last years that balance, the audited ones of a year first."""
        since = self.company_id._credit_today() - relativedelta(years=YEARS_VALID)
        return self.financials_ids.filtered(
            lambda financials: financials.date_end >= since and not financials._get_difference()
        )[:1]

    def _propose_by_financials(self, found):
        """Return what is proposed on the customer's own means."""
        company, amounts = self.company_id, found._get_financials() if found else Financials()
        if company.credit_percent_net_worth:
            yield engine.net_worth(self._to_company(amounts.equity, found), company.credit_percent_net_worth)
        if company.credit_percent_working_capital:
            yield engine.working_capital(
                self._to_company(amounts.working_capital, found), company.credit_percent_working_capital
            )

    def _to_company(self, amount, found):
        if amount is None:
            return None
        company = self.company_id
        return found.currency_id._convert(amount, company.currency_id, company, company._credit_today())

    def _propose_by_trade(self):
        """Return what is proposed on what the customer buys and how it pays."""
        company, profile = self.company_id, self.sudo()  # totals of the profile, whoever may see the documents
        if company.credit_percent_turnover:
            # nothing sold is no answer: a new customer would get nothing by it
            yield engine.turnover(profile._get_sales()[self.id] or None, company.credit_percent_turnover)
        terms = profile.partner_id.with_company(company).property_payment_term_id
        index = profile._get_payment_indexes(company._credit_today())[self.id]
        yield engine.payment_history(
            profile._get_highest_months()[self.id],
            terms._credit_get_days() if terms else None,
            None if index is None else round(index, 1),  # as it is shown: 80.0 is not below 80.0
            company.credit_index_history,
        )

    def _request_proposed(self):
        """Return the dialog that asks for the proposed limit; somebody else decides on it, as on any other.

        :raise AccessError: for who may not read the customer's financial statements
        :raise UserError: where no method has an answer
        """
        self._check_proposal_access()
        amount = self._get_limit_proposal().combined.amount
        if amount is None:
            raise UserError(
                self.env._(
                    "No method proposes a limit for %(customer)s: each says why. Enter what is missing, or ask for a "
                    "limit of your own by 'Request Limit'.", customer=self.display_name,
                )
            )
        # salespeople read requests, too: nothing of the customer's financial statements stands there
        reason = self.env._(
            "Limit proposal of %(day)s: %(amount)s. Who may see it finds what each method read in the credit file.",
            day=format_date(self.env, self.company_id._credit_today()), amount=self._format_money(amount),
        )
        return self.env["credit.limit.request"]._get_ask_action(
            self, amount=amount, currency_id=self.currency_id.id, reason=reason
        )

    def _check_proposal_access(self):
        """Refuse who may not read this file, or financial statements: totals are read for whoever may.

        :raise AccessError: naming what
        """
        self.ensure_one()
        self.check_access("read")
        self.env["credit.financials"].check_access("read")

    # -- in words ----------------------------------------------------------------------------------

    def _prepare_proposal(self):
        """Return the rows that explain a proposal: each method with its inputs, how they are combined, the result.

        :raise AccessError: for who may not read the customer's financial statements
        """
        self._check_proposal_access()
        return self._prepare_proposal_rows(self._get_limit_proposal())

    def _prepare_proposal_rows(self, proposal):
        """Return the rows that explain a proposal that was reckoned: see `_prepare_proposal`."""
        return [*(self._prepare_method(method, proposal) for method in proposal.methods),
                *self._prepare_combined(proposal.combined), self._prepare_granted()]

    def _prepare_row(self, name, label, amount, note, **more):
        text = "–" if amount is None else self._format_money(amount)
        return {"name": name, "label": label, "text": text, "note": note, "is_missing": amount is None, **more}

    def _prepare_method(self, method, proposal):
        note = self._write_reason(method) if method.amount is None else self._write_inputs(method, proposal)
        return self._prepare_row(method.key, self.env._(METHODS[method.key]), method.amount, note)

    def _write_inputs(self, method, proposal):
        """Return in words what a method read."""
        values = method.inputs
        if method.key == "payment_history":
            return self.env._(
                "Highest month %(month)s × %(days)s days of terms ÷ 30; payment index %(index)s",
                month=self._format_money(values["month_max"]), days=values["days_terms"],
                index=formatLang(self.env, values["index"], digits=1),
            )
        percent = formatLang(self.env, values["percent"], digits=1)
        if method.key == "turnover":
            return self.env._("%(percent)s %% of %(amount)s in 12 months", percent=percent,
                              amount=self._format_money(values["sales"]))
        day = format_date(self.env, proposal.financials.date_end)
        return self.env._("%(percent)s %% of %(amount)s on %(day)s", percent=percent, day=day,
                          amount=self._format_money(values[method.key]))

    def _write_reason(self, method):
        """Return in words why a method has no answer."""
        if method.reason == engine.LATE:
            return self.env._(
                "Payment index %(index)s is below %(minimum)s: who pays late gets no more by its history",
                index=formatLang(self.env, method.inputs["index"], digits=1),
                minimum=formatLang(self.env, self.company_id.credit_index_history, digits=1),
            )
        if method.key == "turnover":
            return self.env._("Nothing was sold in 12 months")
        if method.key == "payment_history":
            return self._write_missing_history(method.inputs)
        return self.env._(
            "Not in financial statements of the last %(years)s years that balance", years=YEARS_VALID
        )

    def _write_missing_history(self, inputs):
        if inputs["month_max"] is None:
            return self.env._("Nothing was sold in 12 months")
        if inputs["index"] is None:
            return self.env._("No payment index: fewer than three invoices were settled in 24 months")
        return self.env._("The customer has no payment terms")

    def _prepare_combined(self, combined):
        company = self.company_id
        how = dict(company._fields["credit_combined"]._description_selection(self.env))[company.credit_combined]
        is_known = combined.raw is not None
        note = "" if is_known else self.env._("No method has an answer")
        yield self._prepare_row("combined", how, combined.raw, note)
        if is_known and combined.cap is not None:
            percent = formatLang(self.env, company.credit_percent_cap, digits=1)
            note = self.env._("%(percent)s %% of what we sold to all in 12 months", percent=percent)
            yield self._prepare_row("cap", self.env._("Own Cap"), combined.cap, note)
        step = company.credit_amount_step
        note = self.env._("Rounded down to %(step)s", step=self._format_money(step)) if is_known and step else ""
        yield self._prepare_row("proposed", self.env._("Proposed"), combined.amount, note, is_total=True)

    def _prepare_granted(self):
        labels = dict(self._fields["limit_state"]._description_selection(self.env))
        amount = self.amount_limit_effective if self.limit_state == "amount" else None
        note = "" if amount is not None else labels[self.limit_state]
        return self._prepare_row("granted", self.env._("Granted Today"), amount, note, is_total=True)
