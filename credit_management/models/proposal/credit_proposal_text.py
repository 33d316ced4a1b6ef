"""A proposal in words: each method with its inputs, or why it has no answer; what combines, what caps."""

from odoo import models
from odoo.tools import format_date, formatLang

from ...engine import limit_methods as engine
from ..behaviour.credit_profile_trade import DAYS_OF_YEAR
from .credit_proposal_inputs import YEARS_VALID
from .credit_trade_reference import YEARS_VALID as YEARS_REFERENCES
from .methods import CAPS, METHODS


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _prepare_proposal(self):
        """Return the rows that explain a proposal: each method with its inputs, how they are combined, the result.

        :raise AccessError: for who may not read the customer's financial statements
        """
        self.ensure_one()
        self._check_proposal_access()
        return self._prepare_proposal_rows(self._get_limit_proposal())

    def _prepare_proposal_rows(self, proposal):
        """Return the rows that explain a proposal that was reckoned: see `_prepare_proposal`."""
        return [*(self._prepare_method(method, proposal) for method in proposal.methods),
                *self._prepare_combined(proposal), self._prepare_granted()]

    def _prepare_row(self, name, label, amount, note, **more):
        text = "–" if amount is None else self._format_money(amount)
        return {"name": name, "label": label, "text": text, "note": note, "is_missing": amount is None, **more}

    def _prepare_method(self, method, proposal):
        note = self._write_reason(method) if method.amount is None else self._write_inputs(method, proposal)
        weighed = self._write_weight(method, proposal)
        return self._prepare_row(
            method.key, self.env._(METHODS[method.key]), method.amount, " · ".join(filter(None, (note, weighed)))
        )

    def _write_weight(self, method, proposal):
        """Return how much a method counts, where they count differently."""
        weights = proposal.basis._get_weights() if proposal.how == "weights" else {}
        if method.amount is None or method.key not in weights:
            return ""
        return self.env._("weight %(weight)s", weight=f"{weights[method.key]:g}")

    def _write_inputs(self, method, proposal):
        """Return in words what a method read."""
        writer = getattr(self, f"_write_{method.key}", self._write_means)
        return writer(method.inputs, proposal, method)

    def _write_means(self, values, proposal, method):
        return self.env._(
            "%(percent)s %% of %(amount)s on %(day)s", percent=formatLang(self.env, values["percent"], digits=1),
            day=format_date(self.env, proposal.financials.date_end), amount=self._format_money(values[method.key]),
        )

    def _write_uk_rule(self, values, _proposal, _method):
        return self.env._(
            "%(worth)s by net worth, %(current)s by net current assets", worth=self._format_money(values["net_worth"]),
            current=self._format_money(values["working_capital"]),
        )

    def _write_turnover(self, values, _proposal, _method):
        return self.env._(
            "%(percent)s %% of %(amount)s in 12 months", percent=formatLang(self.env, values["percent"], digits=1),
            amount=self._format_money(values["sales"]),
        )

    def _write_payment_history(self, values, _proposal, _method):
        return self.env._(
            "Highest month %(month)s × %(days)s days of terms ÷ 30; payment index %(index)s",
            month=self._format_money(values["month_max"]), days=values["days_terms"],
            index=formatLang(self.env, values["index"], digits=1),
        )

    def _write_need(self, values, _proposal, _method):
        return self.env._(
            "%(year)s planned per year ÷ 365 × (%(days)s days of terms + %(safety)s days of safety)",
            year=self._format_money(values["daily"] * DAYS_OF_YEAR), days=values["days_terms"],
            safety=values["days_safety"],
        )

    def _write_trade_reference(self, values, _proposal, _method):
        return self.env._(
            "The middle of %(amounts)s", amounts=", ".join(map(self._format_money, sorted(values.values())))
        )

    def _write_rating_table(self, values, _proposal, _method):
        years = values["years"]
        return self.env._(
            "Rating %(rating)s with sales of %(sales)s in 12 months and %(years)s years of trade",
            rating=self.rating_id.name, sales=self._format_money(values["turnover"] or 0.0),
            years=formatLang(self.env, years or 0.0, digits=1),
        )

    def _write_reason(self, method):
        """Return in words why a method has no answer."""
        if method.reason == engine.LATE:
            return self.env._(
                "Payment index %(index)s is below %(minimum)s: who pays late gets no more by its history",
                index=formatLang(self.env, method.inputs["index"], digits=1),
                minimum=formatLang(self.env, self.company_id.credit_index_history, digits=1),
            )
        if method.reason == engine.UNUSED:
            return self.env._("Not used: its percentage is 0 in the settings")
        missing = getattr(self, f"_write_missing_{method.key}", self._write_missing_means)
        return missing(method.inputs)

    def _write_missing_means(self, _inputs):
        return self.env._(
            "Not in financial statements of the last %(years)s years that balance", years=YEARS_VALID
        )

    def _write_missing_turnover(self, _inputs):
        return self.env._("Nothing was sold in 12 months")

    def _write_missing_need(self, inputs):
        if inputs["daily"] is None:
            return self.env._("Nobody has entered what the customer plans to buy")
        return self.env._("The customer has no payment terms")

    def _write_missing_trade_reference(self, _inputs):
        return self.env._("No other supplier has said within %(years)s years what it grants", years=YEARS_REFERENCES)

    def _write_missing_rating_table(self, _inputs):
        if not self.rating_id:
            return self.env._("The customer has no rating")
        return self.env._("No line of rating %(rating)s is reached", rating=self.rating_id.name)

    def _write_missing_payment_history(self, inputs):
        if inputs["month_max"] is None:
            return self.env._("Nothing was sold in 12 months")
        if inputs["index"] is None:
            return self.env._("No payment index: fewer than three invoices were settled in 24 months")
        return self.env._("The customer has no payment terms")

    def _prepare_combined(self, proposal):
        company, combined = self.company_id, proposal.combined
        how = dict(self.env["credit.limit.basis"]._fields["combined"]._description_selection(self.env))[proposal.how]
        is_known = combined.raw is not None
        note = proposal.basis.name or "" if is_known else self.env._("No method has an answer")
        yield self._prepare_row("combined", how, combined.raw, note)
        for name, amount in proposal.caps.items() if is_known else ():
            yield self._prepare_row(f"cap_{name}", self.env._(CAPS[name]), amount, self._write_cap(name))
        step = company.credit_amount_step
        note = self.env._("Rounded down to %(step)s", step=self._format_money(step)) if is_known and step else ""
        yield self._prepare_row("proposed", self.env._("Proposed"), combined.amount, note, is_total=True)

    def _write_cap(self, name):
        """Return in words what a cap is of."""
        if name in ("sales", "equity", "receivables"):
            return getattr(self, f"_write_cap_{name}")()
        return self.group_id.name if name == "group" else ""

    def _write_cap_sales(self):
        percent = formatLang(self.env, self.company_id.credit_percent_cap, digits=1)
        return self.env._("%(percent)s %% of what we sold to all in 12 months", percent=percent)

    def _write_cap_equity(self):
        percent = formatLang(self.env, self.company_id.credit_percent_cap_equity, digits=1)
        return self.env._("%(percent)s %% of our own equity", percent=percent)

    def _write_cap_receivables(self):
        percent = formatLang(self.env, self.company_id.credit_percent_cap_receivables, digits=1)
        return self.env._("%(percent)s %% of all our open receivables", percent=percent)

    def _prepare_granted(self):
        labels = dict(self._fields["limit_state"]._description_selection(self.env))
        amount = self.amount_limit_effective if self.limit_state == "amount" else None
        note = "" if amount is not None else labels[self.limit_state]
        return self._prepare_row("granted", self.env._("Granted Today"), amount, note, is_total=True)
