"""What several methods would grant customers, side by side with what they read: a proposal, never a limit."""

from dataclasses import dataclass

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...engine import limit_methods as engine


@dataclass(frozen=True)
class Proposal:
    """What the methods say, alone and together, in company currency."""

    methods: tuple
    caps: dict  # by name of `methods.CAPS`
    combined: engine.Combined
    how: str  # the methods are combined
    financials: object  # the record that was read, or an empty one
    basis: object  # the record that says which methods count, or an empty one


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_limit_proposal(self):
        """Return the `Proposal` for one customer, of today."""
        self.ensure_one()
        return self._get_limit_proposals()[self.id]

    def _get_limit_proposals(self):
        """Return ``{id: Proposal}`` of today; a handful of statements, however many customers they are."""
        inputs, bases = self._read_proposal_inputs(), self.env["credit.limit.basis"]._get_for_profiles(self)
        own = {company: company._credit_get_own_caps() for company in self.company_id}
        return {
            profile.id: profile._propose(inputs[profile.id], bases[profile], own[profile.company_id])
            for profile in self
        }

    def _propose(self, inputs, basis, own_caps, step=None):
        """Return the `Proposal` of what was read.

        :param step: what it is rounded down to; None: as the company says
        """
        company = self.company_id
        methods = tuple(self._propose_by_basis(inputs, basis) if basis else self._propose_by_settings(inputs))
        caps = {**own_caps, **self._get_proposal_caps()}
        how = basis.combined or company.credit_combined
        combined = engine.combine(
            methods, how, basis._get_weights(), cap=min(caps.values(), default=None),
            step=company.credit_amount_step if step is None else step,
        )
        return Proposal(methods, caps, combined, how, inputs.financials, basis)

    def _get_proposal_caps(self):
        """Return what bounds a proposal of this customer, by name, in company currency. Hook: the customer's own."""
        group, company = self.group_id, self.company_id
        if not group.active or group.limit_type != "amount":
            return {}
        today = company._credit_today()
        return {"group": group.currency_id._convert(group.amount_limit, company.currency_id, company, today)}

    def _propose_by_basis(self, inputs, basis):
        """Return what the methods of a basis propose, in their order; what one lacks it says."""
        weights = basis._get_weights()
        return [proposed for proposed in self._propose_all(inputs) if proposed.key in weights]

    def _propose_by_settings(self, inputs):
        """Return what the company's methods propose: those with a percentage, and what was entered for others."""
        company = self.company_id
        means = ({"uk_rule"} if company.credit_is_uk_rule else {"net_worth", "working_capital"})
        used = {"payment_history", "turnover", *means} - {
            name for name in ("net_worth", "working_capital", "turnover") if not company[f"credit_percent_{name}"]
        }
        entered = {"need": inputs.daily, "trade_reference": inputs.references, "rating_table": inputs.bands}
        used |= {name for name, value in entered.items() if value}
        return [proposed for proposed in self._propose_all(inputs) if proposed.key in used]

    def _propose_all(self, inputs):
        """Return what every method proposes."""
        company = self.company_id
        net_worth = engine.net_worth(inputs.equity, company.credit_percent_net_worth)
        current = engine.working_capital(inputs.working_capital, company.credit_percent_working_capital)
        return (
            net_worth,
            current,
            engine.lower_of(net_worth, current),
            engine.turnover(inputs.sales, company.credit_percent_turnover),
            engine.payment_history(inputs.month_max, inputs.days_terms, inputs.index, company.credit_index_history),
            engine.need(inputs.daily, inputs.days_terms, company.credit_days_safety),
            engine.trade_reference(inputs.references),
            engine.rating_table(inputs.bands, inputs.sales, inputs.years),
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
        """Refuse who may not read these files, or financial statements: totals are read for whoever may.

        :raise AccessError: naming what
        """
        self.check_access("read")
        self.env["credit.financials"].check_access("read")
