"""What people note about a customer and loosens a check by that, and what decides how facts are counted."""

import json
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from .measures import ANY, TIGHTER, any_change, lower, named, switched, worth

# a promise puts dunning off until its day; what is promised for later than the next quarter is time that is given
DAYS_PROMISE_MAX = 90


class CreditClaim(models.AbstractModel):
    """What takes an amount out of a rule: bounded by that amount."""

    _name = "credit.claim"
    _inherit = ["credit.control"]
    _description = "Claim that takes an amount out of a rule"

    _credit_authority_kind = "over"

    def _credit_get_worth(self):
        """Return the amount, in company currency, with that of all others that count beside it: many small claims of a
        customer make as much possible as a large one."""
        company = self.company_id or self.env.company
        today = company._credit_today()
        beside = self._credit_get_beside() - self._origin
        return sum(
            claim.currency_id._convert(claim.amount, company.currency_id, company, today) for claim in (self, *beside)
        )

    def _credit_get_beside(self):
        """Return the claims of the customer that count together with this one: none by default."""
        return self.browse()

    def _credit_get_file(self):
        return self.profile_id

    def _credit_get_profiting(self):
        return self.partner_id._credit_get_sellers()


class CreditDispute(models.Model):
    _name = "credit.dispute"
    _inherit = ["credit.dispute", "credit.claim"]

    @api.model
    def _credit_get_loosening(self):
        return {
            **super()._credit_get_loosening(),
            "amount": worth(lambda before, after: after.state == "open" and after.amount > before.amount),
            "state": worth(lambda before, after: after.state == "open"),
            "move_id": worth(lambda before, after: after.state == "open"),
        }

    def _credit_measure_new(self):
        """What is disputed is not overdue."""
        return self._credit_get_worth() if self.state == "open" else TIGHTER

    def _credit_get_beside(self):
        """Override: what else of the customer is disputed."""
        company = (self.company_id or self.env.company)._credit_company()
        own = [("partner_id", "=", self.partner_id.id), ("company_id", "child_of", company.id)]
        return self.sudo().search([*own, ("state", "=", "open")])  # whoever may see them

    def _credit_get_file(self):
        # whoever may see it
        return self.env["credit.profile"].sudo()._ensure(self.partner_id, self.company_id or self.env.company)


class CreditPromise(models.Model):
    _name = "credit.promise"
    _inherit = ["credit.promise", "credit.claim"]

    @api.model
    def _credit_get_loosening(self):
        return {
            **super()._credit_get_loosening(),
            "is_withdrawn": worth(lambda before, after: after.is_withdrawn),
            "date_promised": worth(lambda before, after: after.date_promised > before.date_promised),
            "amount": worth(lambda before, after: after.amount < before.amount),
        }

    @api.model
    def _credit_get_companions(self):
        return (*super()._credit_get_companions(), "withdrawn_reason")

    def _credit_measure_new(self):
        """Override: what is promised is not dunned until its day, so its level does not rise."""
        company = self.company_id or self.profile_id.company_id or self.env.company
        last = company._credit_today() + timedelta(DAYS_PROMISE_MAX)
        return self._credit_get_worth() if self.date_promised and self.date_promised > last else TIGHTER

    def _withdraw(self, reason):
        """Override: a promise that is withdrawn is no longer broken."""
        for promise in self:
            promise._credit_ask_first("write", {"is_withdrawn": True, "withdrawn_reason": reason})
        return super()._withdraw(reason)

    def write(self, vals):
        """Override: what a second person withdraws may free held documents, too."""
        result = super().write(vals)
        if vals.get("is_withdrawn"):
            self.profile_id._queue_recheck()
        return result


class CreditCover(models.Model):
    _name = "credit.cover"
    _inherit = ["credit.cover", "credit.claim"]

    @api.model
    def _credit_get_loosening(self):
        always = worth(lambda before, after: after.active)
        return {
            **super()._credit_get_loosening(),
            "active": always,
            "profile_id": always,
            "currency_id": always,
            "amount": worth(lambda before, after: after.active and after.amount > before.amount),
            "date_from": worth(lambda before, after: after.active and after.date_from < before.date_from),
            "date_to": worth(_is_longer),
            "effect": worth(lambda before, after: after.active and after.effect == "limit"),
            "percent_share": worth(_covers_more),
        }

    def _credit_measure_new(self):
        return self._credit_get_worth() if self.active else TIGHTER

    def _credit_get_beside(self):
        """Override: the others that raise the limit, or will."""
        if self.effect != "limit":
            return self.browse()
        lasting = Domain("date_to", "=", False) | Domain("date_to", ">=", self.profile_id.company_id._credit_today())
        raising = Domain("profile_id", "=", self.profile_id._origin.id) & Domain("effect", "=", "limit")
        return self.sudo().with_context(active_test=True).search(raising & lasting)  # whoever may see them


def _covers_more(before, after):
    """Tell whether a cover that raises the limit covers a larger share."""
    return after.active and after.effect == "limit" and after.percent_share > before.percent_share


def _is_longer(before, after):
    """Tell whether a cover lasts longer than before; one without a last day has no end."""
    return bool(before.date_to) and (not after.date_to or after.date_to > before.date_to)


class AccountPaymentMethodLine(models.Model):
    _name = "account.payment.method.line"
    _inherit = ["account.payment.method.line", "credit.loosening"]

    @api.model
    def _credit_get_loosening(self):
        return {**super()._credit_get_loosening(), **named({"credit_days_risk": lower})}


class AccountAccount(models.Model):
    """What is owed on an account of receivables that is not trade, or no longer one, is in no exposure."""

    _name = "account.account"
    _inherit = ["account.account", "credit.loosening"]

    @api.model
    def _credit_get_loosening(self):
        measures = {"non_trade": switched(True)("non_trade"), "account_type": any_change("account_type")}
        return {**super()._credit_get_loosening(), **measures}

    def _credit_is_effective(self, changes):
        return self.account_type == "asset_receivable"

    def _credit_get_companies(self):
        return self.company_ids._credit_company() or super()._credit_get_companies()


class IrDefault(models.Model):
    """The limit that new customers start with: core's setting is a default of core's own field."""

    _name = "ir.default"
    _inherit = ["ir.default", "credit.loosening"]

    @api.model
    def _credit_get_loosening(self):
        keys = dict.fromkeys(("field_id", "user_id", "company_id", "condition"), _other_default)
        return {**super()._credit_get_loosening(), "json_value": _default_limit, **keys}

    def _credit_is_effective(self, changes):
        field = self.sudo().field_id  # whoever writes a default need not read fields
        return field.model == "res.partner" and field.name == "credit_limit"

    def _credit_measure_new(self):
        return self._credit_get_default() if self._credit_is_effective([]) and self._credit_get_default() else TIGHTER

    def _credit_measure_gone(self):
        """Without a default limit new customers have none."""
        return ANY if self._credit_is_effective([]) and self._credit_get_default() else TIGHTER

    def _credit_get_default(self):
        """Return the limit; 0 is none."""
        value = json.loads(self.json_value or "0")
        return value if isinstance(value, (int, float)) else 0.0


def _other_default(before, after):
    """Measure a default that becomes one of another field, or of others: what it takes away, and what it gives."""
    return max(before._credit_measure_gone(), after._credit_measure_new())


def _default_limit(before, after):
    """Measure a limit that new customers start with: the new one, where it is higher, or where there was none."""
    if not before._credit_is_effective([]):
        return TIGHTER
    old, new = before._credit_get_default(), after._credit_get_default()
    if not new:
        return ANY if old else TIGHTER
    return new if not old or new > old else TIGHTER
